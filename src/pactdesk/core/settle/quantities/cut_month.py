"""提前终止的月份: the served share of a month that an early end cut off (`cut_month|clause`)."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from pactdesk.core.settle.counting import Counting
from pactdesk.core.settle.quantities.payable import Payable, cut_part, is_due, month_ends
from pactdesk.core.settle.quantities.term_days import last_day, term_ends


def counted(counting: Counting, clause_id: str) -> Fraction:
    """Days served ÷ days of the month, in the period in which that part came to be owed; else 0.

    Its month is named, and waits for its gates, like every monthly part.
    """
    part = cut_part(counting, clause_id)
    if part is None or not is_due(counting, part):
        return Fraction(0)
    return share_of(counting, part)


def share_of(counting: Counting, part: Payable) -> Fraction:
    """How much of the month of the part was served."""
    ended, first = last_day(counting).day, term_ends(counting)[0]
    for month_end in month_ends(counting):
        if f"{month_end:%Y-%m}" == part.name:
            whole, served = (month_end - first).days + 1, (ended - first).days + 1
            return Fraction(served, whole)
        first = month_end + timedelta(days=1)
    return Fraction(0)
