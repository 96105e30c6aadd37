"""Which form is filled in: the contract's own items where it names them, else a usual one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pactdesk.apps.quality.kinds import RedLine
from pactdesk.core.measure.marking import Item
from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.score_sheet import GivenItem, ScoreSheet
from pactdesk.core.terms.contract import Contract

USUAL_REVIEW = (
    Item("understanding", 20),
    Item("accuracy", 25),
    Item("resolution", 20),
    Item("courtesy", 15),
    Item("wording", 10),
    Item("process", 10),
)
"""A hundred points, as quality inspectors of online shops usually give them (PRACTICE 2)."""

USUAL_EVALUATION = tuple(
    Item(key, 5) for key in ("speed", "expertise", "attitude", "cooperation", "improvement")
)
"""Five items of five points."""

LINES = tuple(each.value for each in RedLine)

_WHOLE = 10
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Form:
    """Items to be marked.

    clause  whose items they are; none for the usual ones, whose keys are in the catalogue
    """

    items: tuple[Item, ...]
    clause: str | None = None


def review_form(terms: Contract) -> Form:
    """Of a conversation. One single item of the contract says nothing about what was wrong."""
    own = given_items(terms)
    return own if own is not None and len(own.items) >= _FEWEST else Form(USUAL_REVIEW)


def evaluation_form(terms: Contract) -> Form:
    """Of a cycle."""
    return given_items(terms) or Form(USUAL_EVALUATION)


def given_items(terms: Contract) -> Form | None:
    """The items of the first score sheet for which both parties give the marks."""
    for sheet in terms.of_kind(ScoreSheet):
        own = [each for each in sheet.items if isinstance(each, GivenItem)]
        if own:
            return Form(tuple(Item(each.item, _points(each)) for each in own), sheet.id)
    return None


def _points(item: GivenItem) -> int:
    """Its weight where that is a whole number; what counts later is the share of it."""
    if isinstance(item.weight, Blank):
        return _WHOLE
    weight = Fraction(item.weight)
    return int(weight) if weight.denominator == 1 and weight > 0 else _WHOLE
