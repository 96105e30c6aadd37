"""Rows to core values: a filled form, as decisions have left it."""

from __future__ import annotations

from typing import Any

from pactdesk.apps.quality.kinds import Outcome
from pactdesk.apps.quality.models import Contest, Evaluation, Review
from pactdesk.core.measure.marking import Item, Mark, Marked

Plain = list[dict[str, Any]]


def items_plain(marked: Marked) -> Plain:
    """For the row."""
    return [{"key": each.key, "most": each.most} for each in marked.items]


def marks_plain(marks: tuple[Mark, ...]) -> Plain:
    """For the row."""
    return [each.to_plain() for each in marks]


def given(row: Review | Evaluation) -> Marked:
    """The form as it was handed in."""
    return Marked(
        tuple(Item(each["key"], each["most"]) for each in row.items),
        tuple(Mark.from_plain(each) for each in row.marks),
        tuple(Mark.from_plain(each) for each in getattr(row, "crossed", ())),
    )


def counting(review: Review) -> Marked:
    """What counts: with the points that decisions corrected."""
    corrected = {
        each.item: each.points or 0
        for each in review.contests.all()
        if each.outcome == Outcome.CORRECTED
    }
    return given(review).corrected(corrected)


def has_passed(review: Review) -> bool:
    """By the plan that it was drawn under."""
    return counting(review).has_passed(review.pass_percent)


def waits(review: Review) -> list[Contest]:
    """Contested marks that nobody has decided about."""
    return [each for each in review.contests.all() if each.outcome is None]
