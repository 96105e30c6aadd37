"""Asking the other party: for help, a decision, access; or for data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.conversations.errors import ConversationUnknown
from pactdesk.apps.conversations.keys import content_keys, ensure_content_key
from pactdesk.apps.conversations.queries import conversation_of
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.requests.clocks import Running, grid_of, running, wall_clock
from pactdesk.apps.requests.errors import DayPassed, RequestUnknown, ReturnDayMissing
from pactdesk.apps.requests.kinds import BUDGETS_MS, OTHER, Ending, Ground, Kind, Step, Urgency
from pactdesk.apps.requests.models import Request
from pactdesk.apps.requests.queries import need_side
from pactdesk.apps.requests.telling import Hand, leave, tell_duty
from pactdesk.apps.requests.values import (
    LONGEST_SUBJECT,
    PURPOSE,
    SUBJECT,
    code_of,
    end_of,
    locked,
    said,
    said_or_nothing,
)
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.names import DutyEvent, Party
from pactdesk.core.terms.clauses.duty import Duty
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.core.units.instants import Instant, local_day, zone_named
from pactdesk.documents.explain.held import held_on
from pactdesk.gateways.vault.vault_keys import VaultKeys


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for.

    clause        the duty that it is asked under; another than the terms have is left out
    conversation  because of which it is asked
    form          an id, new: what comes twice with the same one is asked once
    """

    kind: Kind
    subject: str
    words: str
    urgency: Urgency = Urgency.NORMAL
    clause: str = ""
    conversation: UUID | None = None
    form: UUID | None = None


@dataclass(frozen=True, slots=True)
class WantedData:
    """Which data are asked for, what for and why that is lawful, until when; and what then.

    until    the last day to deliver
    ends_on  the day by which they are returned or destroyed
    """

    subject: str
    words: str
    purpose: str
    ground: Ground
    until: date
    ending: Ending
    ends_on: date | None = None
    clause: str = ""
    form: UUID | None = None


def ask(by: UUID, *, contract: UUID, wanted: Wanted, at: Instant, vault: VaultKeys) -> str:
    """Ask for help, a decision or access; returns the request's code.

    raises  ContractUnknown, NotAllowed, ConversationUnknown, TermsNotYet, RequestWordsMissing,
            RequestTooLong
    """
    with scoped(by) as scope:
        hand = _asking(scope, by, contract, wanted.kind, at, vault)
        _check_conversation(scope, wanted.conversation, contract)
        terms = _terms(scope, hand)
        budget = BUDGETS_MS[wanted.urgency]
        clock = running(grid_of(terms, _today(hand)), at, budget)
        made = _made(hand, wanted.kind, wanted.subject, clock, wanted.form)
        made.urgency = wanted.urgency.value
        made.conversation_id = wanted.conversation
        made.clause = _duty(terms, wanted.clause, hand.party)
        return _kept(hand, made, said(wanted.words))


def ask_data(by: UUID, *, contract: UUID, wanted: WantedData, at: Instant, vault: VaultKeys) -> str:
    """Ask for data; returns the request's code.

    raises  ContractUnknown, NotAllowed, TermsNotYet, RequestWordsMissing, RequestTooLong,
            DayPassed, ReturnDayMissing
    """
    with scoped(by) as scope:
        hand = _asking(scope, by, contract, Kind.DATA, at, vault)
        _check_days(wanted, _today(hand))
        clock = wall_clock(at, end_of(wanted.until, zone_named(hand.contract.zone)))
        made = _made(hand, Kind.DATA, wanted.subject, clock, wanted.form)
        made.purpose_ciphertext = locked(said(wanted.purpose), hand.keys, made.id, PURPOSE)
        made.ground, made.ending = wanted.ground.value, wanted.ending.value
        made.ends_on = None if wanted.ending is Ending.KEEP else wanted.ends_on
        made.clause = _duty(_terms(scope, hand), wanted.clause, hand.party)
        return _kept(hand, made, said_or_nothing(wanted.words))


def duties_of(terms: CoreContract, party: Party) -> tuple[Duty, ...]:
    """The duties of `party` under which something can be asked of it, in the paper's order."""
    return tuple(each for each in terms.of_kind(Duty) if each.by in (party.value, "both"))


def _check_conversation(scope: Scope, conversation: UUID | None, contract: UUID) -> None:
    """Raises ConversationUnknown unless it can be seen, and is of this contract."""
    if conversation is None:
        return
    if conversation_of(scope, conversation).contract_id != contract:
        raise ConversationUnknown(conversation=conversation)


def _check_days(wanted: WantedData, today: date) -> None:
    if wanted.until < today:
        raise DayPassed(day=wanted.until.isoformat())
    if wanted.ending is Ending.KEEP:
        return
    if wanted.ends_on is None:
        raise ReturnDayMissing()
    if wanted.ends_on < wanted.until:
        raise DayPassed(day=wanted.ends_on.isoformat())


def _asking(
    scope: Scope, by: UUID, contract: UUID, kind: Kind, at: Instant, vault: VaultKeys
) -> Hand:
    stored, party = need_side(scope, contract, "ask", kind)
    ensure_content_key(contract, vault)
    return Hand(scope, by, stored, party, content_keys(contract, vault), at)


def _today(hand: Hand) -> date:
    return local_day(hand.at, zone_named(hand.contract.zone))


def _terms(scope: Scope, hand: Hand) -> CoreContract:
    today = _today(hand)
    return held_on(terms_of(scope, hand.contract.pk, today), today)


def _duty(terms: CoreContract, clause: str, asker: Party) -> str:
    known = {each.id for each in duties_of(terms, OTHER[asker])}
    return clause if clause in known else ""


def _made(hand: Hand, kind: Kind, subject: str, clock: Running, form: UUID | None) -> Request:
    number = form or new_id()
    return Request(
        id=number,
        contract_id=hand.contract.pk,
        kind=kind.value,
        asked_by=hand.party.value,
        asker_id=hand.person,
        awaits=OTHER[hand.party].value,
        round_id=new_id(),
        subject_ciphertext=locked(said(subject, LONGEST_SUBJECT), hand.keys, number, SUBJECT),
        clock=clock.clock.value,
        budget_ms=clock.budget_ms,
        asked_at_ms=hand.at,
        runs_from_ms=clock.start,
        warn_at_ms=clock.warn_at,
        due_at_ms=clock.due_at,
    )


def _kept(hand: Hand, made: Request, words: str) -> str:
    """Numbered one after another: whoever asks at the same time waits here.

    raises  RequestUnknown: the form's id is somebody else's
    """
    stored = hand.contract
    PostgresFactLog(stored.pk, stored.code, zone_named(stored.zone)).hold()
    known = Request.objects.filter(id=made.id, contract_id=stored.pk, asker_id=hand.person).first()
    if known is not None:
        return str(known.code)
    kind = Kind(made.kind)
    same = Request.objects.filter(contract_id=stored.pk)
    is_data = {"kind": Kind.DATA.value}
    alike = same.filter(**is_data) if kind is Kind.DATA else same.exclude(**is_data)
    made.number = (alike.aggregate(last=Max("number"))["last"] or 0) + 1
    made.code = code_of(kind, made.number)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise RequestUnknown(code=made.code) from None
    leave(hand, made, Step.ASKED, words)
    tell_duty(hand, made, DutyEvent.ASKED)
    return made.code
