"""PENALTY_EXCESSIVE: a late fee that a court would probably lower."""

from __future__ import annotations

from decimal import Decimal

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.late_fee import LateFee
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted

EXCESSIVE_PER_DAY = Decimal("0.003")
HIGH_PER_YEAR = Decimal("0.24")


def penalty_excessive(contract: Contract) -> tuple[Finding, ...]:
    """From 0.3 % a day an error, above 24 % a year a note; 0.05 % a day is never remarked on.

    Source: PRACTICE, law, Civil Code 585 and the interpretation's article 65.
    """
    found = []
    for fee in contract.of_kind(LateFee):
        rate = fee.rate_per_day
        if rate is None or isinstance(rate, Blank):
            continue
        if rate >= EXCESSIVE_PER_DAY:
            severity = Severity.ERROR
        elif rate * 365 > HIGH_PER_YEAR:
            severity = Severity.NOTE
        else:
            continue
        facts = {"stated": f"{percent(rate)} × 365 = {percent(rate * 365)}"}
        quotes = quoted(fee, "rate_per_day")
        found.append(Finding("PENALTY_EXCESSIVE", severity, (fee.id,), quotes, facts))
    return tuple(found)


def percent(rate: Decimal) -> str:
    """0.0005 as "0.05%"."""
    return f"{(rate * 100).normalize():f}%"
