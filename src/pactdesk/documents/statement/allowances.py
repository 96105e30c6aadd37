"""How much of a month's quota or package is used up (合理使用), read from the lines that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pactdesk.documents.explain.values import Plain, node_value

NEAR = Fraction(4, 5)
"""From this share on a reader should look."""

_LIMITED = frozenset({"less_quota", "of_package", "over_package"})
"""Nodes whose inputs are what was used, and the limit."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """Of one fee by volume.

    limit  units that are included, or those of the package that is reached; of the days so far
           when the terms changed inside the month
    """

    clause: str
    used: Fraction
    limit: Fraction

    @property
    def share(self) -> Fraction:
        """How much of the limit is used; a limit is never zero."""
        return self.used / self.limit

    @property
    def is_beyond(self) -> bool:
        """Whether the next unit, or this one, costs more."""
        return self.used > self.limit

    @property
    def is_near(self) -> bool:
        """Whether the limit is almost reached."""
        return not self.is_beyond and self.share >= NEAR


def allowances(lines: Sequence[Plain]) -> tuple[Allowance, ...]:
    """Of every fee by volume that has a limit, in the lines' order.

    lines  of a statement, or of a month so far, in plain form
    """
    found: dict[str, Allowance] = {}
    for line in lines:
        for used, limit in _limits(line["trace"]):
            clause = str(line["clause"])
            known = found.get(clause, Allowance(clause, Fraction(0), Fraction(0)))
            found[clause] = Allowance(clause, known.used + used, known.limit + limit)
    return tuple(found.values())


def _limits(node: Plain) -> Iterator[tuple[Fraction, Fraction]]:
    """The outermost only: of a package after a quota, the package."""
    if node.get("label") in _LIMITED:
        used, limit = node["inputs"]
        yield node_value(used), node_value(limit)
        return
    for each in node.get("inputs", ()):
        yield from _limits(each)
