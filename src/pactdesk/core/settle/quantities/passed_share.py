"""已过份额: how much of a quarter or year has passed (`passed_share|clause|start` or `end`)."""

from __future__ import annotations

from fractions import Fraction

from pactdesk.core.settle.counting import Counting
from pactdesk.core.settle.quantities.term_days import MONTHS_OF, term_ends
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.fee_fixed import FixedFee
from pactdesk.core.units.periods import Period


def counted(counting: Counting, clause_id: str, until: str) -> Fraction:
    """At the start or the end of the period's days, months counted from that of the term's first.

    Each month is the same part of it; inside a month, days count.
    """
    clause = counting.contract.clause(clause_id)
    assert isinstance(clause, FixedFee)  # noqa: S101 - its own line asks
    months = MONTHS_OF[agreed(clause.per, f"{clause_id}.per")]
    first, days = term_ends(counting)[0], counting.period
    month = Period.month(f"{days.start:%Y-%m}")
    since = (month.start.year - first.year) * 12 + month.start.month - first.month
    passed = {"start": days.start, "end": days.end}[until] - month.start
    return (since % months + Fraction(passed.days, len(month))) / months
