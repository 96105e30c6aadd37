"""Where a statement stands between the two parties: who agreed, who must act, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.forms import Form

from pactdesk.apps.parties.models import Person
from pactdesk.apps.statements.hands import may_speak, party_of
from pactdesk.apps.statements.kinds import StatementState
from pactdesk.apps.statements.models import Confirmation, Objection, Statement
from pactdesk.apps.statements.objecting import deadline_of
from pactdesk.apps.statements.queries import confirmations_of, objections_of
from pactdesk.apps.statements.values import Plain, consequence
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.kinds import ObjectionOutcome, Party
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.core.units.instants import zone_named
from pactdesk.core.worktime.calendars import CalendarNotPublished
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import fen_text
from pactdesk.web.portal.forms import AnswerForm
from pactdesk.web.portal.said import local, moment_text, say
from pactdesk.web.ui.values import Event
from pactdesk.web.ui.words import page_language

Tone = Literal["good", "warn", "info"]

_OPEN = "open"


@dataclass(frozen=True, slots=True)
class Side:
    """One party, and who confirmed for it when."""

    party: Party
    name: str
    person: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class ObjectionShown:
    """An objection to a line.

    outcome  open, accepted, rejected, withdrawn
    follows  what comes of it
    form     where the visitor may answer it
    """

    id: UUID
    line: int
    what: str
    reason: str
    by: str
    at: str
    outcome: str
    answer: str
    answered_by: str
    answered_at: str
    follows: str
    form: Form | None
    can_withdraw: bool


@dataclass(frozen=True, slots=True)
class Affair:
    """What a visitor sees of it, and what they may do about it."""

    state: str
    tone: Tone
    awaited: str
    sides: tuple[Side, ...]
    events: tuple[Event, ...]
    objections: tuple[ObjectionShown, ...]
    own_name: str
    can_confirm: bool
    can_object: bool

    @property
    def open_lines(self) -> frozenset[int]:
        """Lines with an objection that waits for its answer."""
        return frozenset(each.line for each in self.objections if each.outcome == _OPEN)


def affair_of(
    scope: Scope,
    statement: Statement,
    plain: Plain,
    terms: CoreContract,
    *,
    now: datetime,
    answered: AnswerForm | None = None,
) -> Affair:
    """How the statement stands at `now`.

    answered  a form that came back wrong, with its objection
    """
    zone = zone_named(statement.contract.zone)
    confirmed = list(confirmations_of(scope, statement.pk))
    objected = list(objections_of(scope, statement.pk))
    mine = party_of(scope, statement.contract)
    speaks = mine is not None and may_speak(scope, statement.contract, mine)
    sides = _sides(statement, confirmed, zone)
    open_lines = [each for each in objected if each.outcome is None]
    is_mine_open = mine is not None and all(one.party != mine.value for one in confirmed)
    may_object = speaks and mine is Party.CLIENT and is_mine_open
    titles = _line_titles(plain, terms)
    return Affair(
        state=statement.state,
        tone=_tone(statement.state),
        awaited=_awaited(scope, statement, confirmed, len(open_lines), speaks=speaks),
        sides=sides,
        events=tuple(_events(statement, confirmed, objected, sides, zone)),
        objections=tuple(
            _objection(each, titles, zone, scope=scope, answered=answered) for each in objected
        ),
        own_name=next((side.name for side in sides if side.party is mine), ""),
        can_confirm=speaks and is_mine_open and not (mine is Party.CLIENT and open_lines),
        can_object=may_object and not is_past(scope, statement, now),
    )


def is_past(scope: Scope, statement: Statement, now: datetime) -> bool:
    """Whether the last day for objections is over."""
    until = until_text(scope, statement)
    zone = zone_named(statement.contract.zone)
    return bool(until) and local(now, zone).date().isoformat() > until


def until_text(scope: Scope, statement: Statement) -> str:
    """The last day for objections; empty where none is agreed, or its calendar is not out."""
    try:
        until = deadline_of(scope, statement)
    except CalendarNotPublished:
        return ""
    return until.isoformat() if until else ""


def awaited_of(scope: Scope, statement: Statement) -> str:
    """What is awaited from whom, for a list."""
    confirmed = list(confirmations_of(scope, statement.pk))
    waiting = objections_of(scope, statement.pk).filter(outcome__isnull=True).count()
    mine = party_of(scope, statement.contract)
    speaks = mine is not None and may_speak(scope, statement.contract, mine)
    return _awaited(scope, statement, confirmed, waiting, speaks=speaks)


def _awaited(
    scope: Scope,
    statement: Statement,
    confirmed: Sequence[Confirmation],
    waiting: int,
    *,
    speaks: bool,
) -> str:
    zone = zone_named(statement.contract.zone)
    if statement.state == StatementState.AGREED:
        return say("awaited.agreed", at=moment_text(max(one.at for one in confirmed), zone))
    mine = party_of(scope, statement.contract)
    if waiting:
        you = "_you" if speaks and mine is Party.PROVIDER else ""
        return say(f"awaited.answer{you}", count=waiting)
    missing = {party for party in Party if all(one.party != party.value for one in confirmed)}
    you = "_you" if speaks and mine in missing else ""
    # Before anybody confirmed, the client's check is what counts; the provider made the figures.
    is_clients = mine is Party.CLIENT and bool(you)
    both = len(missing) > 1 and not is_clients
    who = "both" if both else Party.CLIENT if Party.CLIENT in missing else Party.PROVIDER
    words = say(f"awaited.{who}{you}")
    until = until_text(scope, statement) if Party.CLIENT in missing else ""
    return say("awaited.until", words=words, day=until) if until else words


def _tone(state: str) -> Tone:
    if state == StatementState.AGREED:
        return "good"
    return "warn" if state == StatementState.OBJECTED else "info"


def _sides(
    statement: Statement, confirmed: Iterable[Confirmation], zone: ZoneInfo
) -> tuple[Side, ...]:
    by_party = {Party(one.party): one for one in confirmed}
    names = {
        Party.CLIENT: statement.contract.client_org.name,
        Party.PROVIDER: statement.contract.provider_org.name,
    }
    return tuple(
        Side(party, name, _name(one.person), moment_text(one.at, zone))
        if (one := by_party.get(party))
        else Side(party, name)
        for party, name in names.items()
    )


def _line_titles(plain: Plain, terms: CoreContract) -> dict[int, str]:
    names = Names(terms, page_language())
    return {each["number"]: names.line_title(each) for each in plain["lines"]}


def _objection(
    one: Objection,
    titles: dict[int, str],
    zone: ZoneInfo,
    *,
    scope: Scope,
    answered: AnswerForm | None,
) -> ObjectionShown:
    contract = one.statement.contract
    form: AnswerForm | None = None
    if one.outcome is None and may_speak(scope, contract, Party.PROVIDER):
        mine = answered is not None and answered.prefix == str(one.pk)
        form = answered if mine else AnswerForm(prefix=str(one.pk))
    return ObjectionShown(
        id=one.pk,
        line=one.line,
        what=say("objection.what", line=one.line, item=titles.get(one.line, "")),
        reason=one.reason,
        by=_name(one.by),
        at=moment_text(one.at, zone),
        outcome=one.outcome or _OPEN,
        answer=one.answer,
        answered_by=_name(one.answered_by),
        answered_at=moment_text(one.answered_at, zone) if one.answered_at else "",
        follows=consequence(one, page_language()),
        form=form,
        can_withdraw=one.outcome is None and may_speak(scope, contract, Party.CLIENT),
    )


def _events(
    statement: Statement,
    confirmed: Iterable[Confirmation],
    objected: Iterable[Objection],
    sides: Iterable[Side],
    zone: ZoneInfo,
) -> list[Event]:
    names = {side.party.value: side.name for side in sides}
    told: list[tuple[datetime, str, str, str, str]] = []
    amount = fen_text(statement.total_fen)
    issuer = _name(statement.issued_by)
    told.append((statement.issued_at, issuer, say("history.issued", amount=amount), "paper", ""))
    for one in confirmed:
        said = say("history.confirmed", party=names[one.party])
        told.append((one.at, _name(one.person), said, "check", "good"))
    for each in objected:
        said = say("history.objected", line=each.line)
        told.append((each.at, _name(each.by), said, "bell", "bad"))
        if each.outcome and each.answered_at:
            said = say(f"history.{each.outcome}", line=each.line)
            tone = "good" if each.outcome == ObjectionOutcome.ACCEPTED else ""
            told.append((each.answered_at, _name(each.answered_by), said, "chat", tone))
    return [
        Event(moment_text(at, zone), at.isoformat(), who, what, icon, tone)
        for at, who, what, icon, tone in sorted(told, key=lambda each: each[0])
    ]


def _name(person: Person | None) -> str:
    return person.name if person else ""
