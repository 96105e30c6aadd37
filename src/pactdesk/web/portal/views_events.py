"""Events of a contract: what people told, telling more, and answering what the other told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.evidence.kept import facts_now
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.statements import actions
from pactdesk.apps.statements.errors import (
    ArrivalImpossible,
    EventInFuture,
    EventKindUnknown,
    EventNotOffered,
    EventToldAlready,
    PaymentAboveDebt,
    RemedyAboveDeduction,
    StepGroundless,
)
from pactdesk.apps.statements.events import EventState, events_of, issued_months
from pactdesk.apps.statements.events_figures import ALONE, bills_of
from pactdesk.apps.statements.events_offered import KINDS, Offer
from pactdesk.apps.statements.events_rights import Right, rights_of
from pactdesk.apps.statements.hands import log_of, may_speak, party_of
from pactdesk.calendars.china import load_china
from pactdesk.core.facts.names import FactKind, Party
from pactdesk.core.settle.issuing import SOURCE
from pactdesk.core.units.instants import Instant, instant_of, local_day, zone_named
from pactdesk.core.units.money import Money
from pactdesk.documents.explain.held import held_on
from pactdesk.messages.catalogue import say as say_error
from pactdesk.web.access import PersonRequest, for_roles
from pactdesk.web.portal.access import contract_read_by
from pactdesk.web.portal.event_fields import local_moment, say
from pactdesk.web.portal.event_form_list import FORMS, REMEDY
from pactdesk.web.portal.event_forms import Desk, EventForm
from pactdesk.web.portal.event_words import EventWords
from pactdesk.web.portal.tabs import tabs_of, trail
from pactdesk.web.ui.words import page_language

for_parties = for_roles(Role.CLIENT_MANAGER, Role.FINANCE, Role.CONTRACT_OFFICER, Role.LEAD)

_DONE = frozenset({"told", "agreed", "refused"})
_ANSWERS = {"yes": True, "no": False}
_MOST = 200
_ASKED = ("clause", "period", "waived")
"""What a link to a form may fill in."""

_REFUSALS = (
    EventInFuture,
    EventNotOffered,
    EventToldAlready,
    PaymentAboveDebt,
    RemedyAboveDeduction,
    StepGroundless,
)
_SHOWN = {each.value: each for each in KINDS}


@require_GET
@for_parties
def events(request: PersonRequest, contract: UUID) -> HttpResponse:
    """All of them, the newest first; those that wait for the visitor's party above."""
    found, party = _of_party(request, contract)
    desk = _desk(request, found, party)
    answering = party if may_speak(request.scope, found, party) else None
    every = events_of(request.scope, found)
    kind = _SHOWN.get(request.GET.get("kind", ""))
    counts = Counter(each.kind for each in every)
    chosen = [each for each in every if kind is None or each.kind is kind]
    told = request.GET.get("done", "")
    shown = {
        "contract": found,
        "tabs": tabs_of(found, "events", request.scope),
        "trail": trail(),
        "rows": [desk.words.row(each, answering) for each in chosen[:_MOST]],
        "more": max(0, len(chosen) - _MOST),
        "ours": sum(each.waits_for is party for each in every),
        "theirs": sum(
            each.state is EventState.WAITING and each.waits_for is not party for each in every
        ),
        "kinds": [
            (each.value, say(f"kind.{each}"), counts[each], each is kind)
            for each in KINDS
            if counts[each]
        ],
        "all": len(every),
        "kind": kind.value if kind else "",
        "offered": _offered(desk) if answering else (),
        "done": say(f"done.{told}") if told in _DONE else "",
    }
    return render(request, "portal/events.html", shown)


@require_http_methods(["GET", "POST"])
@for_parties
def tell(request: PersonRequest, contract: UUID, kind: str) -> HttpResponse:
    """A form for one kind, where a clause of the contract can use it."""
    found, party = _of_party(request, contract)
    if not may_speak(request.scope, found, party):
        raise NotAllowed(action="tell_event")
    desk = _desk(request, found, party)
    if kind not in {each for each, _ in _offered(desk)}:
        if _is_told(request, found):
            return _back(contract, "told")
        raise EventKindUnknown(kind=kind[:40])
    if kind == FactKind.CONTRACT:
        desk = replace(desk, rights=_rights(request, found, party))
    form = FORMS[kind](desk, request.POST if request.method == "POST" else None)
    form.initial = {key: request.GET[key] for key in _ASKED if key in request.GET}
    problem = ""
    if form.is_valid():
        try:
            _tell(request, contract, form)
            return _back(contract, "told")
        except _REFUSALS as refusal:
            problem = say_error(refusal, page_language())
    if form.errors and _is_told(request, found):
        # The first of two clicks paid the bill, which the second finds settled.
        return _back(contract, "told")
    here = (say("title"), reverse("portal:events", args=[contract]))
    issued = issued_months(request.scope, contract)
    shown = {
        "contract": found,
        "trail": (*trail(), here),
        "form": form,
        "kind": kind,
        "heading": say(f"tell.{kind}"),
        "words": _words(kind, party),
        "problem": problem,
        "issued": issued[-1] if issued else "",
    }
    status = 422 if form.errors or problem else 200
    return render(request, "portal/event_tell.html", shown, status=status)


@require_POST
@for_parties
def answer(request: PersonRequest, contract: UUID) -> HttpResponse:
    """Yes, or no with its reason."""
    found = contract_read_by(request.scope, contract)
    agrees = _ANSWERS.get(request.POST.get("answer", ""))
    if agrees is None:
        return HttpResponseBadRequest()
    amount = request.POST.get("amount", "").strip()
    actions.answer_event(
        request.user.pk,
        contract=contract,
        event=request.POST.get("event", ""),
        agrees=agrees,
        at=timezone.now(),
        reason=request.POST.get("reason", ""),
        amount_fen=Money.of(amount).fen if amount else None,
        arrived_at=_arrived(request, found),
    )
    return _back(contract, "agreed" if agrees else "refused")


def _arrived(request: PersonRequest, contract: Contract) -> Instant | None:
    told = request.POST.get("arrived", "")
    try:
        return local_moment(told, zone_named(contract.zone)) if told else None
    except ValueError:
        raise ArrivalImpossible() from None


def _of_party(request: PersonRequest, contract: UUID) -> tuple[Contract, Party]:
    found = contract_read_by(request.scope, contract)
    party = party_of(request.scope, found)
    if party is None:
        raise NotAllowed(action="events")
    return found, party


def _desk(request: PersonRequest, contract: Contract, party: Party) -> Desk:
    zone, now = zone_named(contract.zone), instant_of(timezone.now())
    today = local_day(now, zone)
    terms = held_on(terms_of(request.scope, contract.pk, today), today)
    bills = bills_of(facts_now(log_of(contract)))
    return Desk(Offer(terms, party, bills), EventWords(terms, zone, bills), now)


def _offered(desk: Desk) -> list[tuple[str, str]]:
    kinds = [each.value for each in desk.offer.kinds]
    kinds += [REMEDY] if desk.offer.remediable else []
    return [(each, say(f"tell.{each}")) for each in kinds]


def _is_told(request: PersonRequest, contract: Contract) -> bool:
    """Whether the very form was sent before."""
    key = f"{SOURCE}|events/{request.POST.get('id', '')}"
    return any(each.key == key for each in events_of(request.scope, contract))


def _words(kind: str, party: Party) -> str:
    """What becomes of it; of what one party's word is enough for, who looks decides."""
    alone = {each.value: whose for each, whose in ALONE.items()}.get(kind)
    key = kind if alone is None else f"{kind}_{'alone' if alone is party else 'proposed'}"
    return say(f"tell_words.{key}")


def _rights(request: PersonRequest, contract: Contract, party: Party) -> tuple[Right, ...]:
    today = local_day(instant_of(timezone.now()), zone_named(contract.zone))
    terms = terms_of(request.scope, contract.pk, today)
    return rights_of(terms, facts_now(log_of(contract)), load_china(), party, today)


def _tell(request: PersonRequest, contract: UUID, form: EventForm) -> None:
    actions.tell_event(
        request.user.pk,
        contract=contract,
        event=form.event,
        told=form.told(),
        occurred_at=form.occurred_at,
        at=timezone.now(),
        note=form.note,
    )


def _back(contract: UUID, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('portal:events', args=[contract])}?done={done}")
