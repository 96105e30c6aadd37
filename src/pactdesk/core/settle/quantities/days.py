"""天数: how many days the stretch, or its whole month, has (`days`, `days_of_month`)."""

from __future__ import annotations

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
