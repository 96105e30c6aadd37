"""FEE_CONFLICT: two fee rules apply at once."""

from __future__ import annotations

from pactdesk.core.terms.catalogue import FEE_KINDS
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def fee_conflict(contract: Contract) -> tuple[Finding, ...]:
    """One period, one fee rule; two would give two amounts."""
    fees = [clause for clause in contract.clauses if isinstance(clause, FEE_KINDS)]
    if len(fees) < 2:
        return ()
    return (
        Finding(
            "FEE_CONFLICT",
            Severity.ERROR,
            tuple(fee.id for fee in fees),
            tuple(quote for fee in fees for quote in quoted(fee)),
            {"ids": "、".join(fee.id for fee in fees)},
        ),
    )
