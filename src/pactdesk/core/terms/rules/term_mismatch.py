"""TERM_MISMATCH: the stated months are not the months between the stated days."""

from __future__ import annotations

from datetime import date, timedelta

from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted
from pactdesk.core.units.periods import add_months


def term_mismatch(contract: Contract) -> tuple[Finding, ...]:
    """ "共计12个月" with days that make eleven (A11, B15)."""
    return tuple(
        Finding(
            "TERM_MISMATCH",
            Severity.ERROR,
            (period.id,),
            quoted(period, "months", "start", "end"),
            {
                "stated": f"{period.months}",
                "start": period.start.isoformat(),
                "end": period.end.isoformat(),
            },
        )
        for period in contract.of_kind(TermPeriod)
        if isinstance(period.start, date)
        and isinstance(period.end, date)
        and isinstance(period.months, int)
        and period.end > period.start
        and not _fits(period.start, period.months, period.end)
    )


# Longer than any contract; and further no calendar goes.
_LONGEST_MONTHS = 1200


def _fits(start: date, months: int, end: date) -> bool:
    """The last day, or in everyday counting the same day again; a short month ends early."""
    if months > _LONGEST_MONTHS:
        return False
    again = add_months(start, months)
    return end in (again - timedelta(days=1), again)
