"""One's own page of quality: what waits to be reviewed and decided; an agent's own reviews."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contracts_visible_to
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.quality.hands import DECIDING, REVIEWING, Roles, may, side_of
from pactdesk.apps.quality.queries import open_contests, reviews_visible_to, to_review
from pactdesk.apps.quality.results import Result, result_of
from pactdesk.core.units.instants import zone_named
from pactdesk.web.access import PersonRequest
from pactdesk.web.quality.access import for_workers
from pactdesk.web.quality.said import item_name, period_text, points_text, say
from pactdesk.web.quality.shown import bars_of, review_row
from pactdesk.web.ui.values import Figure
from pactdesk.web.ui.words import percent_text

_MOST = 30


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation, or a contested mark, that waits for the visitor."""

    url: str
    what: str
    about: str
    merchant: str


@require_GET
@for_workers
def mine(request: PersonRequest) -> HttpResponse:
    """What to do first, then what was found about oneself."""
    scope = request.scope
    contracts = {
        each.pk: each for each in contracts_visible_to(scope) if each.pk in scope.contracts
    }
    reviewing = [e for e in contracts.values() if _is(request, e, REVIEWING)]
    deciding = [e.pk for e in contracts.values() if _is(request, e, DECIDING)]
    own = [each for each in reviews_visible_to(scope) if each.agent_id == scope.person]
    queue = [
        each
        for each in to_review(scope, [one.pk for one in reviewing])
        if each.sample.party == side_of(scope, contracts[each.contract_id])
    ]
    result = result_of(own)
    shown = {
        "queue": [
            Waiting(
                reverse("quality:mark", args=[each.pk]),
                each.code,
                period_text(each.sample.period),
                contracts[each.contract_id].client_org.name,
            )
            for each in queue[:_MOST]
        ],
        "more": max(0, len(queue) - _MOST),
        "contests": [
            Waiting(
                reverse("quality:review", args=[each.review_id]),
                each.review.pick.code,
                item_name(each.item),
                contracts[each.contract_id].client_org.name,
            )
            for each in open_contests(scope, deciding)
            if each.review.party == side_of(scope, contracts[each.contract_id])
        ],
        "contracts": [
            (each.client_org.name, each.title, reverse("quality:contract", args=[each.pk]))
            for each in reviewing
        ],
        "is_reviewer": bool(reviewing),
        "found": [review_row(e, zone_named(e.contract.zone), names=False) for e in own[:_MOST]],
        "figures": figures_of(result) if own else (),
        "bars": bars_of(result),
        "is_agent": _is_agent(request),
    }
    return render(request, "quality/mine.html", shown)


def figures_of(result: Result) -> tuple[Figure, ...]:
    """Score, pass rate, how many."""
    given, passed = (str(each).replace("/", " / ") for each in (result.score, result.passed))
    return (
        Figure(say("figure.score"), points_text(result.score.value), say("unit.points"), given),
        Figure(say("figure.passed"), percent_text(result.passed), "", passed),
        Figure(say("figure.count"), str(result.count), say("unit.reviews")),
    )


def _is(request: PersonRequest, contract: Contract, roles: Roles) -> bool:
    party = side_of(request.scope, contract)
    return party is not None and may(request.scope, contract, party, roles)


def _is_agent(request: PersonRequest) -> bool:
    scope = request.scope
    return any(Role.AGENT.value in scope.roles(each) for each in scope.contracts)
