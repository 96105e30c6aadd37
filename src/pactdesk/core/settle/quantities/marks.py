"""评分: what both parties gave for an item of the month's score sheet (`mark|item`)."""

from __future__ import annotations

from fractions import Fraction

from pactdesk.core.facts.fact import as_happened
from pactdesk.core.facts.families.works import ScoreGiven
from pactdesk.core.facts.names import FactKind
from pactdesk.core.settle.counting import Counting


def given(counting: Counting, item: str) -> Fraction | None:
    """points ÷ of of the last agreed mark for the period's month, whenever it was told."""
    mark = None
    for each in as_happened(counting.facts, FactKind.SCORE):
        told = each.fact.detail
        if not isinstance(told, ScoreGiven) or not told.is_approved:
            continue
        if told.item == item and told.period == f"{counting.period.start:%Y-%m}":
            mark = Fraction(told.points, told.of)
    return mark


def counted(counting: Counting, item: str) -> Fraction:
    """The mark; 0 where none was given, which a score sheet never asks for."""
    return given(counting, item) or Fraction(0)
