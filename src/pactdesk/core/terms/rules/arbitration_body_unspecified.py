"""ARB_BODY_UNSPECIFIED: arbitration without an institution."""

from __future__ import annotations

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.dispute import Dispute, DisputeStep
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.arbitration_or_court import offers_both
from pactdesk.core.terms.rules.evidence import quoted


def arbitration_body_unspecified(contract: Contract) -> tuple[Finding, ...]:
    """An arbitration agreement needs a chosen institution (A63, E37)."""
    return tuple(
        Finding(
            "ARB_BODY_UNSPECIFIED",
            Severity.ERROR,
            (dispute.id,),
            quoted(dispute, "arbitration_body"),
        )
        for dispute in contract.of_kind(Dispute)
        if _arbitrates(dispute) and not isinstance(dispute.arbitration_body, str)
    )


def _arbitrates(dispute: Dispute) -> bool:
    if isinstance(dispute.route, Blank):
        return offers_both(dispute.route)
    return DisputeStep.ARBITRATION in dispute.route
