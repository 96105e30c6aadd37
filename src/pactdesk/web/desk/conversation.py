"""One conversation as its page shows it: what was said, what is owed, what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contract_of
from pactdesk.apps.conversations.errors import ConversationUnknown
from pactdesk.apps.conversations.happened import facts_of, interaction_of
from pactdesk.apps.conversations.keys import content_keys
from pactdesk.apps.conversations.kinds import AuthorKind, State, WaitReason
from pactdesk.apps.conversations.models import Conversation, Message
from pactdesk.apps.conversations.picture_models import Picture
from pactdesk.apps.conversations.pictures import pictures_of
from pactdesk.apps.conversations.queries import messages_after
from pactdesk.apps.conversations.values import text_of
from pactdesk.apps.parties.queries import people_visible_to
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.kinds import (
    CaseType,
    ClockEvent,
    ClockMetric,
    InteractionClassified,
    InteractionClosed,
    InteractionOpened,
    Rating,
)
from pactdesk.core.facts.kinds import Clock as ClockFact
from pactdesk.core.facts.replies import is_automatic_reply
from pactdesk.core.measure.deadlines import Deadline, promises
from pactdesk.core.terms.base import fraction
from pactdesk.core.units.instants import Instant, iso_text, local_time, zone_named
from pactdesk.documents.explain.names import Names
from pactdesk.web.desk.asked import Asked, asked_about
from pactdesk.web.desk.clocks import ContractClocks, clocks_of, is_pending, label_of, say
from pactdesk.web.desk.inbox import conversations_served, customer_text
from pactdesk.web.desk.means import vault
from pactdesk.web.ui.values import Clock, Event, Quote
from pactdesk.web.ui.words import duration_text, page_language


@dataclass(frozen=True, slots=True)
class Said:
    """One message; `day` stands above the first of each day."""

    sequence: int
    author: str
    name: str
    body: str
    time: str
    date: str
    iso: str
    day: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """What one clause promises about this conversation."""

    clause: str
    name: str
    limit: str
    target: str
    clock: Clock | None
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class About:
    """What a conversation can be about, and what the contract promises then."""

    case_type: CaseType
    promises: tuple[str, ...]
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """Everything of the page but the list beside it."""

    conversation: Conversation
    contract: Contract
    zone: ZoneInfo
    customer: str
    said: tuple[Said, ...]
    owed: tuple[Owed, ...]
    events: tuple[Event, ...]
    about: tuple[About, ...]
    may_tell_progress: bool = False
    asked: tuple[Asked, ...] = ()

    @property
    def verbs(self) -> tuple[str, ...]:
        """What can be done with it as it stands."""
        return {
            State.OPEN: ("wait", "resolve", "close"),
            State.WAITING: ("continue", "resolve", "close"),
            State.RESOLVED: ("reopen", "close"),
            State.CLOSED: (),
        }[State(self.conversation.state)]

    @property
    def about_text(self) -> str:
        """What it is about, as far as anybody said."""
        return say(f"about.{self.conversation.case_type or 'unknown'}")

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be written any more."""
        return self.conversation.state == State.CLOSED

    @property
    def wait_reasons(self) -> tuple[WaitReason, ...]:
        """Whom one can wait for."""
        return tuple(WaitReason)


def served_conversation(scope: Scope, conversation: UUID) -> Conversation:
    """One whose customers the person serves; raises ConversationUnknown."""
    found = conversations_served(scope).filter(id=conversation).first()
    if found is None:
        raise ConversationUnknown(conversation=conversation)
    return found


def page_of(scope: Scope, conversation: Conversation, now: Instant) -> ConversationPage:
    """The page as it stands at `now`."""
    contract = contract_of(scope, conversation.contract_id)
    zone = zone_named(contract.zone)
    clocks = clocks_of(scope, [contract], now).get(contract.id)
    facts = facts_of([conversation]).get(conversation.id, [])
    return ConversationPage(
        conversation=conversation,
        contract=contract,
        zone=zone,
        customer=customer_text(conversation),
        said=tuple(_said(scope, conversation, zone, now)),
        owed=tuple(_owed(clocks, facts, conversation, now)) if clocks else (),
        events=tuple(_events(facts, conversation, zone)),
        about=tuple(_about(clocks, facts, conversation)),
        may_tell_progress=clocks is not None and progress_counts(clocks, facts, conversation, now),
        asked=asked_about(scope, conversation),
    )


def progress_counts(
    clocks: ContractClocks,
    facts: Sequence[RecordedFact],
    conversation: Conversation,
    now: Instant,
) -> bool:
    """Whether a running resolution clock stops at clear progress (解决方案或明确进展)."""
    told = interaction_of(facts)
    if told is None or conversation.state != State.OPEN:
        return False
    return any(is_pending(each) for each in clocks.deadlines(told, now) if each.clause.or_progress)


def day_text(at: datetime, today: datetime) -> str:
    """今天, 昨天, or the date."""
    away = (today.date() - at.date()).days
    if away in (0, 1):
        return say("today" if away == 0 else "yesterday")
    return date_format(at, "Y年n月j日" if page_language() == "zh" else "j F Y")


def _said(scope: Scope, conversation: Conversation, zone: ZoneInfo, now: Instant) -> list[Said]:
    rows: list[Message] = list(messages_after(scope, conversation.id))
    keys = content_keys(conversation.contract_id, vault())
    names = dict(
        people_visible_to(scope)
        .filter(id__in={row.author_id for row in rows if row.author_id})
        .values_list("id", "name")
    )
    pictures = pictures_of(scope, [row.id for row in rows])
    today = local_time(now, zone)
    said, day = [], ""
    for row in rows:
        at = local_time(Instant(row.occurred_at_ms), zone)
        of_day = day_text(at, today)
        said.append(
            Said(
                sequence=row.sequence,
                author=row.author_kind,
                name=_name(row, conversation, names),
                body=text_of(row, keys),
                # As texts: a template would write an instant in the server's zone.
                time=f"{at:%H:%M}",
                date=at.date().isoformat(),
                iso=iso_text(Instant(row.occurred_at_ms)),
                day=of_day if of_day != day else "",
                picture=pictures.get(row.id),
            )
        )
        day = of_day
    return said


def _name(row: Message, conversation: Conversation, names: dict[UUID, str]) -> str:
    if row.author_kind == AuthorKind.CUSTOMER:
        return customer_text(conversation)
    if row.author_id is None:
        return say("automatic")
    return names.get(row.author_id, say("colleague"))


def _owed(
    clocks: ContractClocks,
    facts: Sequence[RecordedFact],
    conversation: Conversation,
    now: Instant,
) -> list[Owed]:
    told = interaction_of(facts)
    if told is None:
        return []
    standing: dict[str, Deadline] = {each.clause.id: each for each in clocks.deadlines(told, now)}
    names = Names(clocks.contract, page_language())
    owed = []
    for clause in promises(clocks.levels, told, now):
        found = standing.get(clause.id)
        clock = clocks.face(found, now, conversation) if found else None
        source = clause.source
        owed.append(
            Owed(
                clause=names.clause_number(clause.id),
                name=label_of(clause),
                limit=names.duration(clause.within),
                target=names.target(clause.id, fraction(clause.target)),
                clock=clock,
                quote=Quote(names.clause_number(clause.id), source.quote) if source else None,
            )
        )
    return _told_apart(owed)


def _told_apart(owed: list[Owed]) -> list[Owed]:
    """Two promises of one name, as a complaint may have, say their limits."""
    names = Counter(each.name for each in owed)
    return [_with_limit(each) if names[each.name] > 1 else each for each in owed]


def _with_limit(one: Owed) -> Owed:
    name = say("about.promise", name=one.name, limit=one.limit)
    clock = replace(one.clock, label=name) if one.clock else None
    return replace(one, name=name, clock=clock)


def _about(
    clocks: ContractClocks | None, facts: Sequence[RecordedFact], conversation: Conversation
) -> list[About]:
    told = interaction_of(facts)
    names = Names(clocks.contract, page_language()) if clocks else None
    found = []
    for case_type in CaseType:
        promised: list[str] = []
        if clocks and told and names:
            of_type = replace(told, opened_as=case_type, called=())
            promised = [
                say("about.promise", name=label_of(clause), limit=names.duration(clause.within))
                for clause in promises(clocks.levels, of_type, told.opened_at)
            ]
        is_chosen = conversation.case_type == case_type
        found.append(About(case_type, tuple(promised), is_chosen))
    return found


def _events(
    facts: Sequence[RecordedFact], conversation: Conversation, zone: ZoneInfo
) -> list[Event]:
    events = []
    before: int | None = None
    for each in facts:
        at = each.fact.occurred_at
        what, icon, tone = _happened(each)
        if what:
            gap = f"+{duration_text(at - before)}" if before is not None else ""
            moment = local_time(at, zone)
            events.append(
                Event(
                    at=f"{moment:%m-%d %H:%M:%S}",
                    iso=iso_text(at),
                    who=_who(each, conversation),
                    what=what,
                    icon=icon,
                    tone=tone,
                    gap=gap if at != before else "",
                )
            )
            before = at
    return events


def _happened(told: RecordedFact) -> tuple[str, str, str]:
    """What happened in words, its icon, its tone; no words: not worth telling."""
    match told.fact.detail:
        case InteractionOpened(channel=channel):
            return say(f"fact.opened.{channel}"), "chat", ""
        case InteractionClassified(case_type=case_type):
            return say("fact.classified", about=say(f"about.{case_type}")), "info", ""
        case InteractionClosed():
            return say("fact.closed"), "lock", ""
        case Rating(score=score, scale=scale):
            return say("fact.rated", score=score, scale=scale), "star", "info"
        case ClockFact(metric=metric, event=ClockEvent.PAUSE, reason=reason):
            return say("fact.pause", reason=say(f"wait.{_reason(reason)}")), "pause", ""
        case ClockFact() as clock if is_automatic_reply(clock):
            return say("fact.automatic"), "chat", ""
        case ClockFact(metric=metric, event=event) if metric is not ClockMetric.ANSWER:
            if event is ClockEvent.BREACH:
                return say(f"fact.breach.{metric}"), "late", "bad"
            again = event is ClockEvent.ACTIVATE and told.fact.measured.get("reason") == "reopened"
            key = "reopened" if again else f"{event}.{metric}"
            good = "good" if event is ClockEvent.FULFIL else ""
            return say(f"fact.{key}"), "check" if good else "clock", good
    return "", "", ""


def _reason(reason: str | None) -> str:
    known = {each.value for each in WaitReason}
    return reason if reason in known and reason else "paused"


def _who(told: RecordedFact, conversation: Conversation) -> str:
    detail = told.fact.detail
    if isinstance(detail, InteractionOpened | Rating):
        return customer_text(conversation)
    if isinstance(detail, ClockFact) and detail.actor is not None:
        return say(f"actor.{detail.actor}")
    return say("actor.agent")
