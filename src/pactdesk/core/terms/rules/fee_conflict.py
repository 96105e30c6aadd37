"""FEE_CONFLICT: two fee rules apply at once."""

from __future__ import annotations

from pactdesk.core.terms.base import ClauseBase
from pactdesk.core.terms.catalogue import FEE_KINDS
from pactdesk.core.terms.clauses.fee_fixed import Billing, FixedFee
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def fee_conflict(contract: Contract) -> tuple[Finding, ...]:
    """One period, one fee rule; two would give two amounts.

    A fee that is collected at once for periods of its own, such as yearly maintenance, is no
    second rule for the same month.
    """
    fees = [
        clause
        for clause in contract.clauses
        if isinstance(clause, FEE_KINDS) and not _is_collected_at_once(clause)
    ]
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


def _is_collected_at_once(clause: ClauseBase) -> bool:
    return isinstance(clause, FixedFee) and clause.billing in (
        Billing.IN_ADVANCE,
        Billing.IN_ARREARS,
    )
