"""What each side owes under a contract, by when, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.statements.duties import SAID_DONE, fulfil_duty, obligations_on
from pactdesk.apps.statements.hands import may_speak, party_of
from pactdesk.core.facts.names import Party
from pactdesk.core.settle.obligations.obligation import Action, Obligation, State
from pactdesk.core.settle.obligations.requests import instance_in
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import zone_named
from pactdesk.documents.obligations.calendar_file import calendar_file
from pactdesk.documents.obligations.words import ObligationWords
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.access import contract_read_by, for_readers
from pactdesk.web.portal.files import attachment
from pactdesk.web.portal.tabs import tabs_of, trail
from pactdesk.web.ui.words import page_language

_TONES = {State.OVERDUE: "bad", State.DONE: "good", State.DONE_LATE: "warn"}
_GROUPS = (
    ("pressing", frozenset({State.OVERDUE, State.OPEN, State.WAITING})),
    ("standing", frozenset({State.STANDING})),
    ("over", frozenset({State.DONE, State.DONE_LATE, State.WAIVED, State.LAPSED, State.ENDED})),
)


class DayUnreadable(PactError):
    """`day` is no day."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One row."""

    key: str
    party: str
    action: str
    due: str
    state: str
    tone: str
    clause: str
    follows: str
    may_be_said: bool
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand alike."""

    name: str
    rows: tuple[Shown, ...]


@require_GET
@for_readers
def obligations(request: PersonRequest, contract: UUID) -> HttpResponse:
    """Those that press, those that hold all the time, those that are over."""
    found = contract_read_by(request.scope, contract)
    on = _day(request, found)
    listed = obligations_on(request.scope, contract, on)
    words = ObligationWords(terms_of(request.scope, contract, on), page_language())
    today = _today(found)
    mine = party_of(request.scope, found)
    speaks = on == today and mine is not None and may_speak(request.scope, found, mine)
    saying = mine if speaks else None
    shown = {
        "contract": found,
        "tabs": tabs_of(found, "obligations", request.scope),
        "trail": trail(),
        "on": on.isoformat(),
        "today": today.isoformat(),
        "overdue": sum(each.state is State.OVERDUE for each in listed),
        "groups": [
            Group(
                name,
                tuple(_row(each, words, saying, contract) for each in listed if each.state in of),
            )
            for name, of in _GROUPS
        ],
        "is_party": mine is not None,
    }
    return render(request, "portal/obligations.html", shown)


@require_GET
@for_readers
def calendar(request: PersonRequest, contract: UUID) -> HttpResponse:
    """The days that press, for one's own calendar."""
    found = contract_read_by(request.scope, contract)
    on = _day(request, found)
    listed = obligations_on(request.scope, contract, on)
    content = calendar_file(terms_of(request.scope, contract, on), listed, on, page_language())
    return attachment(content, f"{found.code}-{on.isoformat()}.ics", "text/calendar; charset=utf-8")


@require_POST
@for_readers
def fulfil(request: PersonRequest, contract: UUID) -> HttpResponse:
    """The provider did it."""
    key = request.POST.get("duty", "")
    fulfil_duty(request.user.pk, contract=contract, key=key, at=timezone.now())
    return HttpResponseRedirect(f"{reverse('portal:obligations', args=[contract])}?done=fulfilled")


def _row(each: Obligation, words: ObligationWords, saying: Party | None, contract: UUID) -> Shown:
    """`saying`: the party whose person may say that it did what it owes."""
    to_do = each.state in (State.OPEN, State.OVERDUE)
    return Shown(
        key=each.key,
        party=words.party(each),
        action=words.action(each),
        due=words.due(each),
        state=words.state(each),
        tone=_TONES.get(each.state, ""),
        clause=words.clause(each.clause),
        follows=words.follows(each),
        may_be_said=each.party == saying and to_do and each.action in SAID_DONE,
        url=_page_of(each, contract),
    )


def _page_of(each: Obligation, contract: UUID) -> str:
    """Where it is done: evaluations beside the reviews, a request on its page in every round."""
    if each.action is Action.EVALUATE:
        return f"{reverse('quality:contract', args=[contract])}#evaluations"
    asked = instance_in(each.instance)
    if asked is None:
        return ""
    return reverse("requests:request", args=[contract, asked.code.partition(".")[0]])


def _today(contract: Contract) -> date:
    return timezone.now().astimezone(zone_named(contract.zone)).date()


def _day(request: PersonRequest, contract: Contract) -> date:
    asked = request.GET.get("on", "")
    if not asked:
        return _today(contract)
    try:
        return date.fromisoformat(asked)
    except ValueError:
        raise DayUnreadable(day=asked[:20]) from None
