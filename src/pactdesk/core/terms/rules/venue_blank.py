"""VENUE_BLANK: the venue is the place of signing, and that place is open."""

from __future__ import annotations

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.dispute import Dispute
from pactdesk.core.terms.clauses.effectiveness import Effectiveness
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def venue_blank(contract: Contract) -> tuple[Finding, ...]:
    """A court or commission "at the place of signing", and nobody knows where (E47)."""
    places = [clause.signing_place for clause in contract.of_kind(Effectiveness)]
    if any(isinstance(place, str) for place in places):
        return ()
    signing = contract.of_kind(Effectiveness)
    # A place left open is to be filled in; a paper without one is signed somewhere.
    left_open = any(isinstance(place, Blank) and "_" in place.blank for place in places)
    severity = Severity.ERROR if left_open else Severity.WARNING
    return tuple(
        Finding(
            "VENUE_BLANK",
            severity,
            (dispute.id, *(clause.id for clause in signing)),
            quoted(dispute, "venue")
            + tuple(q for clause in signing for q in quoted(clause, "signing_place")),
        )
        for dispute in contract.of_kind(Dispute)
        if _at_signing_place(dispute)
    )


def _at_signing_place(dispute: Dispute) -> bool:
    venue = dispute.venue.blank if isinstance(dispute.venue, Blank) else dispute.venue
    return venue is not None and ("签订地" in venue or "签订地点" in venue)
