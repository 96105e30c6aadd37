"""FEES_TOGETHER: several fees of different units are added up; is that what was meant?"""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted
from pactdesk.core.terms.rules.fee_conflict import fees_by_unit


def fees_together(contract: Contract) -> tuple[Finding, ...]:
    """A platform fee beside hours, say: both are billed, and the parties should know it."""
    groups = list(fees_by_unit(contract))
    if len(groups) < 2:
        return ()
    fees = [fee for group in groups for fee in group]
    return (
        Finding(
            "FEES_TOGETHER",
            Severity.WARNING,
            tuple(fee.id for fee in fees),
            tuple(quote for fee in fees for quote in quoted(fee)),
            {"ids": "、".join(fee.id for fee in fees)},
        ),
    )
