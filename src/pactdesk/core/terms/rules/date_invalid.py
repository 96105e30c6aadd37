"""DATE_INVALID: the contract ends on or before the day it begins."""

from __future__ import annotations

from datetime import date

from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def date_invalid(contract: Contract) -> tuple[Finding, ...]:
    """An end that lies before the start."""
    return tuple(
        Finding(
            "DATE_INVALID",
            Severity.ERROR,
            (period.id,),
            quoted(period, "start", "end"),
            {"written": f"{period.start.isoformat()} … {period.end.isoformat()}"},
        )
        for period in contract.of_kind(TermPeriod)
        if isinstance(period.start, date)
        and isinstance(period.end, date)
        and period.end <= period.start
    )
