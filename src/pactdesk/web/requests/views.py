"""What waits in all contracts, the requests of one, and one of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contracts_visible_to
from pactdesk.apps.conversations.keys import content_keys
from pactdesk.apps.requests import queries
from pactdesk.apps.requests.models import Request
from pactdesk.apps.requests.walls import MANAGING
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.names import Party
from pactdesk.core.units.instants import Instant, instant_of
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.tabs import tabs_of, trail
from pactdesk.web.portal.vaults import vault
from pactdesk.web.requests.access import dealt_with, for_dealing, side_in_general
from pactdesk.web.requests.page import page_of
from pactdesk.web.requests.said import say
from pactdesk.web.requests.shown import Row, awaits, is_open, is_overdue, row_of

_MOST = 200
_AHEAD = timedelta(days=14)


@require_GET
@for_dealing
def inbox(request: PersonRequest) -> HttpResponse:
    """Of all contracts: what waits for the visitor's side, and what it waits for."""
    party, now = side_in_general(request.scope), timezone.now()
    groups: list[tuple[str, str, list[Row]]] = []
    if party is not None:
        scope, until = request.scope, (now + _AHEAD).date()
        found = (
            ("waiting", queries.waiting_for(scope, party)),
            ("returns", queries.returns_due(scope, party, until)),
            ("mine", queries.asked_by(scope, party)),
        )
        groups = [
            (name, say(name), _rows(scope, rows[:_MOST], instant_of(now), party))
            for name, rows in found
        ]
    shown = {"groups": groups, "nothing": not (groups and groups[0][2])}
    return render(request, "requests/inbox.html", shown)


@require_GET
@for_dealing
def requests(request: PersonRequest, contract: UUID) -> HttpResponse:
    """Those of one contract, the newest first."""
    found, party = dealt_with(request.scope, contract)
    now = instant_of(timezone.now())
    every = list(queries.requests_of(request.scope, contract)[: _MOST * 2])
    wanted = request.GET.get("show", "")
    groups = {
        "waiting": [each for each in every if awaits(each, party)],
        "mine": [each for each in every if is_open(each) and each.asked_by == party.value],
        "overdue": [each for each in every if is_overdue(each, now)],
        "closed": [each for each in every if not is_open(each)],
    }
    chosen = groups.get(wanted, every)
    shown = {
        "contract": found,
        **frame(request.scope, found),
        "rows": _rows(request.scope, chosen[:_MOST], now, party),
        "filters": [
            (name, say(f"show.{name}"), len(some), name == wanted)
            for name, some in groups.items()
            if some or name == wanted
        ],
        "show": wanted if wanted in groups else "",
        "all": len(every),
    }
    return render(request, "requests/requests.html", shown)


@require_GET
@for_dealing
def request(request: PersonRequest, contract: UUID, asked: str) -> HttpResponse:
    """One request: what is asked, until when, what was said, and what can be done."""
    found, party = dealt_with(request.scope, contract)
    one = queries.request_of(request.scope, contract, asked)
    page = page_of(request.scope, one, found, party, instant_of(timezone.now()))
    shown = {"contract": found, "page": page, **frame(request.scope, found)}
    shown["done"] = page.done(request.GET.get("done", ""))
    shown["trail"] = (*shown["trail"], here(found))  # type: ignore[misc]  # a tuple of pairs
    return render(request, "requests/request.html", shown)


def frame(scope: Scope, contract: Contract) -> dict[str, object]:
    """What the pages of a contract have around them; an agent reads no other of its pages."""
    manages = bool(scope.roles(contract.pk) & MANAGING)
    return {
        "manages": manages,
        "tabs": tabs_of(contract, "requests", scope) if manages else (),
        "trail": trail() if manages else (),
    }


def here(contract: Contract) -> tuple[str, str]:
    """The way up from one request."""
    return say("title"), reverse("requests:requests", args=[contract.pk])


def _rows(scope: Scope, every: Iterable[Request], now: Instant, mine: Party) -> list[Row]:
    rows = list(every)
    contracts = contracts_visible_to(scope).in_bulk({each.contract_id for each in rows})
    keys = {contract: content_keys(contract, vault()) for contract in contracts}
    return [
        row_of(each, contracts[each.contract_id], keys[each.contract_id], now, mine)
        for each in rows
    ]
