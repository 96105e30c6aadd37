"""LATE_FEE_ABSENT: nothing is agreed for late payment."""

from __future__ import annotations

from pactdesk.core.terms.clauses.late_fee import LateFee
from pactdesk.core.terms.clauses.payment import Payment
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def late_fee_absent(contract: Contract) -> tuple[Finding, ...]:
    """A note: the statutory default may apply to a small provider (SME Regulation 17)."""
    pays = any(clause.kind.startswith("fee_") for clause in contract.clauses)
    if not pays or contract.of_kind(LateFee):
        return ()
    payments = contract.of_kind(Payment)
    quotes = tuple(quote for payment in payments for quote in quoted(payment))
    ids = tuple(payment.id for payment in payments)
    return (Finding("LATE_FEE_ABSENT", Severity.NOTE, ids, quotes),)
