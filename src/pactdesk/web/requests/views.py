"""What waits in all contracts, the requests of one, and one of them."""

from __future__ import annotations

from collections import Counter
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
from pactdesk.apps.requests.kinds import State
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
from pactdesk.web.requests.shown import Row, row_of

_MOST = 200
_AHEAD = timedelta(days=14)
_SHOWN = {"open": State.OPEN, "answered": State.ANSWERED}


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
    every = list(queries.requests_of(request.scope, contract)[: _MOST * 2])
    wanted = request.GET.get("show", "")
    counts = Counter(_group(each) for each in every)
    chosen = [each for each in every if wanted not in counts or _group(each) == wanted]
    done = request.GET.get("done", "")
    shown = {
        "contract": found,
        **frame(request.scope, found),
        "rows": _rows(request.scope, chosen[:_MOST], instant_of(timezone.now()), party),
        "filters": [
            (name, say(f"show.{name}"), counts[name], name == wanted)
            for name in ("open", "answered", "closed")
            if counts[name]
        ],
        "show": wanted if wanted in counts else "",
        "all": len(every),
        "waiting": sum(each.awaits == party.value and _is_pressing(each) for each in every),
        "done": say(f"done.{done}") if done in ("asked",) else "",
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


def _group(asked: Request) -> str:
    if asked.state in (State.OPEN.value, State.ANSWERED.value):
        return str(asked.state)
    return "closed"


def _is_pressing(asked: Request) -> bool:
    return State(asked.state) in (State.OPEN, State.ANSWERED)
