"""Asking: for help, also from a conversation; for data."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.conversations.actions import set_wait
from pactdesk.apps.conversations.hands import agent
from pactdesk.apps.conversations.kinds import State as ConversationState
from pactdesk.apps.conversations.kinds import WaitReason
from pactdesk.apps.conversations.models import Conversation
from pactdesk.apps.conversations.queries import conversation_of
from pactdesk.apps.requests import actions
from pactdesk.apps.requests.asking import Wanted, WantedData
from pactdesk.apps.requests.errors import DayPassed, ReturnDayMissing
from pactdesk.apps.requests.kinds import OTHER, Ending, Ground, Kind, Urgency
from pactdesk.apps.requests.walls import SERVING
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.names import Party
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.core.units.instants import Instant, instant_of, local_day, zone_named
from pactdesk.documents.explain.held import held_on
from pactdesk.messages.catalogue import say as say_error
from pactdesk.web.access import PersonRequest
from pactdesk.web.desk.means import means_of
from pactdesk.web.portal.vaults import vault
from pactdesk.web.requests.access import dealt_with, for_dealing, for_managing
from pactdesk.web.requests.forms import DataForm, HelpForm, RequestForm
from pactdesk.web.requests.said import say, side
from pactdesk.web.requests.views import frame, here
from pactdesk.web.ui.words import page_language

_SERVES = SERVING | {"lead"}


@require_http_methods(["GET", "POST"])
@for_dealing
def ask(request: PersonRequest, contract: UUID) -> HttpResponse:
    """A form for help, a decision, access; `?conversation=` says because of which."""
    found, party = dealt_with(request.scope, contract)
    now = instant_of(timezone.now())
    about = _conversation(request, contract)
    posted = request.POST if request.method == "POST" else None
    form = HelpForm(_terms(request.scope, found, now), party, posted)
    if about is not None and _may_rest(request.scope, about):
        form.ask_pause(about.code)
    if form.is_valid():
        told = form.cleaned_data
        wanted = Wanted(
            Kind(told["kind"]),
            told["subject"],
            told["words"],
            Urgency(told["urgency"]),
            told.get("clause", ""),
            about.id if about else None,
            told["id"],
        )
        code = actions.ask(request.user.pk, contract=contract, wanted=wanted, at=now, vault=vault())
        if about is not None and told.get("pause"):
            means = means_of(request.scope, contract)
            set_wait(about.id, agent(request.user.pk), WaitReason.CLIENT, at=now, means=means)
        return _asked(contract, code)
    return _page(request, found, party, form, "form", about)


@require_http_methods(["GET", "POST"])
@for_managing
def ask_data(request: PersonRequest, contract: UUID) -> HttpResponse:
    """A form for data: which, what for, on what ground, until when, and what then."""
    found, party = dealt_with(request.scope, contract, Kind.DATA)
    now = instant_of(timezone.now())
    posted = request.POST if request.method == "POST" else None
    form = DataForm(_terms(request.scope, found, now), party, posted)
    if form.is_valid():
        told = form.cleaned_data
        wanted = WantedData(
            subject=told["subject"],
            words=told["words"],
            purpose=told["purpose"],
            ground=Ground(told["ground"]),
            until=told["until"],
            ending=Ending(told["ending"]),
            ends_on=told["ends_on"],
            clause=told.get("clause", ""),
            form=told["id"],
        )
        try:
            code = actions.ask_data(
                request.user.pk, contract=contract, wanted=wanted, at=now, vault=vault()
            )
            return _asked(contract, code)
        except (DayPassed, ReturnDayMissing) as wrong:
            field = "until" if wrong.facts.get("day") == told["until"].isoformat() else "ends_on"
            form.add_error(field, say_error(wrong, page_language()))
    return _page(request, found, party, form, "data_form", None)


def _page(
    request: PersonRequest,
    contract: Contract,
    party: Party,
    form: RequestForm,
    words: str,
    about: Conversation | None,
) -> HttpResponse:
    shown = {
        "contract": contract,
        **frame(request.scope, contract),
        "trail": (here(contract),),
        "form": form,
        "heading": say(f"{words}.title", who=side(OTHER[party])),
        "intro": say(f"{words}.intro", who=side(OTHER[party])),
        "about": about,
    }
    return render(request, "requests/ask.html", shown, status=422 if form.errors else 200)


def _asked(contract: UUID, code: str) -> HttpResponse:
    url = reverse("requests:request", args=[contract, code])
    return HttpResponseRedirect(f"{url}?done=asked")


def _terms(scope: Scope, contract: Contract, now: Instant) -> CoreContract:
    today = local_day(now, zone_named(contract.zone))
    return held_on(terms_of(scope, contract.pk, today), today)


def _conversation(request: PersonRequest, contract: UUID) -> Conversation | None:
    """The conversation of the address, if the visitor may read it and it is of this contract.

    raises  ConversationUnknown
    """
    told = request.GET.get("conversation", "")
    try:
        wanted = UUID(told)
    except ValueError:
        return None
    found = conversation_of(request.scope, wanted)
    return found if found.contract_id == contract else None


def _may_rest(scope: Scope, conversation: Conversation) -> bool:
    serves = bool(scope.roles(conversation.contract_id) & _SERVES)
    return serves and conversation.state == ConversationState.OPEN.value
