"""Marks on a form: points for each item, a reason for every one that was lost, red lines.

Also the client's evaluation of a period is such a form (合理评价, C15): reasons make it
reasonable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pactdesk.core.units.errors import PactError


class MarkMissing(PactError):
    """No points were given for the item `item`, or one that the form does not have was marked."""


class MarkBeyond(PactError):
    """The points of the item `item` are not between 0 and `most`."""


class LossUnexplained(PactError):
    """Points of the item `item` were taken without a reason."""


class RedLineUnexplained(PactError):
    """The red line `item` is said to be crossed, without a reason."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is marked, with its full points."""

    key: str
    most: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What one item got.

    quote  sequence of the message that shows it; none where no single one does
    """

    item: str
    points: int
    reason: str = ""
    quote: int | None = None

    def to_plain(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "item": self.item,
            "points": self.points,
            "reason": self.reason,
            "quote": self.quote,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Mark:
        """The inverse."""
        return cls(plain["item"], plain["points"], plain["reason"], plain["quote"])


@dataclass(frozen=True, slots=True)
class Marked:
    """A filled form.

    crossed  red lines, each a mark without points: one of them makes the whole nothing
    """

    items: tuple[Item, ...]
    marks: tuple[Mark, ...]
    crossed: tuple[Mark, ...] = ()

    @property
    def of(self) -> int:
        """The full points."""
        return sum(each.most for each in self.items)

    @property
    def total(self) -> int:
        """What it comes to; nothing when a red line was crossed."""
        return 0 if self.crossed else sum(each.points for each in self.marks)

    def points_of(self, item: str) -> int:
        """What an item counts for; nothing when a red line was crossed."""
        return 0 if self.crossed else sum(e.points for e in self.marks if e.item == item)

    def has_passed(self, pass_percent: int) -> bool:
        """Whether it reaches the share of the full points."""
        return not self.crossed and self.total * 100 >= pass_percent * self.of

    def corrected(self, changes: Mapping[str, int]) -> Marked:
        """With the points that a decision gave to items; a red line in `changes` falls away."""
        return Marked(
            self.items,
            tuple(
                Mark(each.item, changes.get(each.item, each.points), each.reason, each.quote)
                for each in self.marks
            ),
            tuple(each for each in self.crossed if each.item not in changes),
        )


def marked(items: Sequence[Item], marks: Iterable[Mark], crossed: Iterable[Mark] = ()) -> Marked:
    """The form, complete and with its reasons.

    raises  MarkMissing, MarkBeyond, LossUnexplained, RedLineUnexplained
    """
    given = {each.item: each for each in marks}
    lines = tuple(crossed)
    for name in given.keys() ^ {each.key for each in items}:
        raise MarkMissing(item=name)
    for item in items:
        mark = given[item.key]
        if not 0 <= mark.points <= item.most:
            raise MarkBeyond(item=item.key, most=item.most)
        if mark.points < item.most and not mark.reason.strip():
            raise LossUnexplained(item=item.key)
    for line in lines:
        if not line.reason.strip():
            raise RedLineUnexplained(item=line.item)
    return Marked(tuple(items), tuple(given[item.key] for item in items), lines)
