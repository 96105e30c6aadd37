"""天数: of the stretch, of its whole month, between two days (`days`, `days_of_month`,
`days_between|first|last`)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from pactdesk.core.settle.counting import Counting
from pactdesk.core.units.periods import Period


def counted(counting: Counting) -> Fraction:
    """Calendar days of the period."""
    return Fraction((counting.period.end - counting.period.start).days)


def of_month(counting: Counting) -> Fraction:
    """Calendar days of the whole month in which the period lies."""
    month = Period.month(f"{counting.period.start:%Y-%m}")
    return Fraction((month.end - month.start).days)


def between(_counting: Counting, first: str, last: str) -> Fraction:
    """Calendar days from `first` to `last`, both included."""
    return Fraction((date.fromisoformat(last) - date.fromisoformat(first)).days + 1)
