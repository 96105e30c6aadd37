"""ARB_OR_LIT: arbitration or litigation, left to a later choice."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.dispute import Dispute
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def arbitration_or_court(contract: Contract) -> tuple[Finding, ...]:
    """The route is open because the paper names both (A63)."""
    return tuple(
        Finding(
            "ARB_OR_LIT",
            Severity.ERROR,
            (dispute.id,),
            quoted(dispute, "arbitration", "litigation"),
        )
        for dispute in contract.of_kind(Dispute)
        if isinstance(dispute.route, Blank) and offers_both(dispute.route)
    )


def offers_both(route: Blank) -> bool:
    """Whether what stands in the route's place names an award and a court."""
    return "仲裁" in route.blank and bool(_COURT.search(route.blank))


_COURT = re.compile(r"诉讼|起诉|打官司|法院(?!\S{0,2}调解)")
