"""ARB_THEN_LIT: a final award, and then a court."""

from __future__ import annotations

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.dispute import Dispute, DisputeStep
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def arbitration_then_court(contract: Contract) -> tuple[Finding, ...]:
    """Arbitration is followed by litigation on the same ladder (E38)."""
    return tuple(
        Finding(
            "ARB_THEN_LIT",
            Severity.ERROR,
            (dispute.id,),
            quoted(dispute, "arbitration", "litigation"),
        )
        for dispute in contract.of_kind(Dispute)
        if not isinstance(dispute.route, Blank) and _court_after_award(dispute.route)
    )


def _court_after_award(route: tuple[DisputeStep, ...]) -> bool:
    if DisputeStep.ARBITRATION not in route:
        return False
    return DisputeStep.LITIGATION in route[route.index(DisputeStep.ARBITRATION) :]
