"""The pages of one contract, as tabs that are links."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.statements.hands import party_of
from pactdesk.apps.walls.scope import Scope
from pactdesk.web.portal.said import say

_PAGES = (
    ("contract", "portal:contract", "contracts.open_terms"),
    ("levels", "portal:levels", "contracts.open_levels"),
    ("events", "portal:events", "contracts.open_events"),
    ("obligations", "portal:obligations", "contracts.open_obligations"),
    ("requests", "requests:requests", "contracts.open_requests"),
    ("quality", "quality:contract", "contracts.open_quality"),
    ("attendance", "workforce:attendance", "contracts.open_attendance"),
    ("evidence", "portal:evidence", "contracts.open_evidence"),
)
"""What `tabs_of` calls each page, its view, its label."""

_OF_PARTIES = frozenset({"events", "requests", "quality"})


@dataclass(frozen=True, slots=True)
class WayTab:
    """One page of the contract."""

    label: str
    url: str
    is_current: bool


def tabs_of(contract: Contract, current: str, scope: Scope) -> tuple[WayTab, ...]:
    """Those that the visitor may open; `current` is the page's name."""
    is_party = party_of(scope, contract) is not None
    return tuple(
        WayTab(say(label), reverse(view, args=[contract.pk]), page == current)
        for page, view, label in _PAGES
        if is_party or page not in _OF_PARTIES
    )


def trail() -> tuple[tuple[str, str], ...]:
    """The way up from a contract's page."""
    return ((say("contracts.title"), reverse("portal:contracts")),)
