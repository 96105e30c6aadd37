"""The page of one request: what it says, and what its visitor can do about it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from pactdesk.apps.contracts.errors import TermsNotYet
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.conversations.keys import content_keys
from pactdesk.apps.conversations.queries import conversations_visible_to
from pactdesk.apps.requests.excusing import may_be_excused
from pactdesk.apps.requests.kinds import Kind, State
from pactdesk.apps.requests.models import Request
from pactdesk.apps.requests.queries import side_of
from pactdesk.apps.requests.values import lost_time, purpose_of, subject_of
from pactdesk.apps.requests.walls import SERVING
from pactdesk.apps.statements.events import events_of
from pactdesk.apps.statements.hands import may_speak
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.names import Party
from pactdesk.core.settle.issuing import SOURCE
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.core.units.instants import Instant, local_day, zone_named
from pactdesk.documents.explain.held import held_on
from pactdesk.documents.explain.names import Names
from pactdesk.web.portal.vaults import vault
from pactdesk.web.requests.said import length_text, say, side
from pactdesk.web.requests.shown import (
    Due,
    Whole,
    counted,
    due_of,
    ending_text,
    moment,
    stands,
    tone_of,
    whole_of,
)
from pactdesk.web.ui.words import page_language

_DONE = frozenset(
    {
        *("replied", "answered", "reopened", "closed", "withdrawn", "delivered", "received"),
        *("missing", "returned", "excused", "asked"),
    }
)


@dataclass(frozen=True, slots=True)
class Excuse:
    """The time that the client's late answer cost; `is_told`: its exclusion was proposed."""

    words: str
    is_told: bool
    is_measured: bool


@dataclass(frozen=True, slots=True)
class RequestPage:
    """Everything of the page; `can` names what the visitor may do."""

    whole: Whole
    subject: str
    kind: str
    stands: str
    tone: str
    due: Due
    counted: str
    asked_line: str
    clause: str
    data: tuple[tuple[str, str], ...]
    conversation: tuple[str, str] | None
    can: frozenset[str]
    excuse: Excuse | None

    @property
    def code(self) -> str:
        """What people call it."""
        return self.whole.asked.code

    @property
    def is_data(self) -> bool:
        """Whether data are asked for."""
        return bool(self.whole.asked.kind == Kind.DATA.value)

    def done(self, told: str) -> str:
        """What was done just now, in words."""
        return say(f"done.{told}") if told in _DONE else ""


def page_of(
    scope: Scope, asked: Request, contract: Contract, party: Party, now: Instant
) -> RequestPage:
    """The page as it stands at `now`."""
    keys = content_keys(contract.pk, vault())
    whole = whole_of(scope, asked, contract, keys)
    zone = whole.zone
    terms = _terms(scope, contract, now)
    return RequestPage(
        whole=whole,
        subject=subject_of(asked, keys),
        kind=say(f"kind.{asked.kind}"),
        stands=stands(asked, party),
        tone=tone_of(asked, now, zone),
        due=due_of(asked, zone, now),
        counted=counted(asked),
        asked_line=say(
            "asked_line",
            who=side(asked.asked_by),
            name=whole.names.get(asked.asker_id, ""),
            at=moment(asked.asked_at_ms, zone),
        ),
        clause=_clause(asked, terms),
        data=_data(asked, whole),
        conversation=_conversation(scope, asked),
        can=can_do(asked, party),
        excuse=_excuse(scope, asked, contract, whole, terms),
    )


def can_do(asked: Request, party: Party) -> frozenset[str]:
    """What a person of `party` may do about it as it stands."""
    is_asker = asked.asked_by == party.value
    is_data, state = asked.kind == Kind.DATA.value, State(asked.state)
    able: set[str] = set()
    if state in (State.OPEN, State.ANSWERED):
        able.add("reply")
    if state is State.OPEN:
        able.add("withdraw" if is_asker else "deliver" if is_data else "answer")
    if state is State.ANSWERED and is_asker:
        able |= {"receive", "miss"} if is_data else {"close", "reopen"}
    if state is State.CLOSED and is_asker:
        if not is_data:
            able.add("reopen")
        elif asked.awaits is not None:
            able.add("return")
    return frozenset(able)


def _terms(scope: Scope, contract: Contract, now: Instant) -> CoreContract | None:
    today = local_day(now, zone_named(contract.zone))
    try:
        return held_on(terms_of(scope, contract.pk, today), today)
    except TermsNotYet:
        return None


def _clause(asked: Request, terms: CoreContract | None) -> str:
    if terms is None or all(each.id != asked.clause for each in terms.clauses):
        return ""
    return Names(terms, page_language()).clause_number(asked.clause)


def _data(asked: Request, whole: Whole) -> tuple[tuple[str, str], ...]:
    if asked.kind != Kind.DATA.value:
        return ()
    return (
        (say("data.purpose"), purpose_of(asked, whole.keys)),
        (say("data.ground"), say(f"ground.{asked.ground}")),
        (say("data.ending"), ending_text(asked, whole.zone)),
    )


def _conversation(scope: Scope, asked: Request) -> tuple[str, str] | None:
    """(code, address) of the conversation, for those who answer it; others see its code."""
    if asked.conversation_id is None:
        return None
    found = conversations_visible_to(scope).filter(id=asked.conversation_id).first()
    if found is None:
        return None
    serves = scope.roles(asked.contract_id) & (SERVING | {"lead"})
    return found.code, reverse("desk:conversation", args=[found.id]) if serves else ""


def _excuse(
    scope: Scope, asked: Request, contract: Contract, whole: Whole, terms: CoreContract | None
) -> Excuse | None:
    lost = lost_time(asked)
    if lost is None or not may_be_excused(asked):
        return None
    if side_of(scope, contract) is not Party.PROVIDER:
        return None
    if not may_speak(scope, contract, Party.PROVIDER):
        return None
    start, end = moment(lost.start, whole.zone), moment(lost.end, whole.zone)
    key = f"{SOURCE}|events/{asked.round_id}"
    told = any(each.key == key for each in events_of(scope, contract))
    is_measured = terms is not None and bool(terms.of_kind(ServiceLevel))
    length = length_text(lost.end - lost.start)
    words = say("excuse.words", length=length, start=start, end=end)
    return Excuse(words, told, is_measured)
