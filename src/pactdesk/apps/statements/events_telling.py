"""Telling events and answering them: facts that only people know, each with its party's word.

Nothing that was told is edited. A yes of the other party is one more fact about the same thing; a
no is one, too, that counts for nothing, and its reason stands beside it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from pactdesk.apps.audit.actions import record
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.evidence.kept import facts_now
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.statements.errors import (
    ApprovedTooMuch,
    ArrivalImpossible,
    EventAnswered,
    EventInFuture,
    EventNotOffered,
    EventToldAlready,
    ReasonMissing,
    ReasonTooLong,
    StepGroundless,
)
from pactdesk.apps.statements.events import Event, event_of, events_of
from pactdesk.apps.statements.events_agreed import follow_agreement, refuse_too_much
from pactdesk.apps.statements.events_figures import Bill, bills_of, refuse_overpaid
from pactdesk.apps.statements.events_offered import OTHER, Offer
from pactdesk.apps.statements.events_rights import (
    at_fault,
    is_groundless,
    needs_agreement,
    rights_of,
)
from pactdesk.apps.statements.hands import log_of, need_party, tell
from pactdesk.apps.statements.objecting import LONGEST_REASON
from pactdesk.apps.statements.values import with_reason
from pactdesk.apps.walls.scope import Scope
from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.families.life import ContractStep, NoticeGiven
from pactdesk.core.facts.families.money import ExpenseTold, LossShown
from pactdesk.core.facts.families.works import IncidentHappened, ScoreGiven, WorkTold
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import Exclusion, InvoiceReceived, Payment
from pactdesk.core.facts.names import ExpenseEvent, NoticeEvent, Party, WorkEvent
from pactdesk.core.settle.issuing import SOURCE
from pactdesk.core.settle.obligations.proposals import is_proposal, proposed_fact, remedy_of
from pactdesk.core.units.instants import Instant, instant_of, local_day, local_time, zone_named
from pactdesk.documents.explain.held import held_on

TELL_EVENT, WAITS = "statements.tell_event", "waits"


def tell_event(
    by: UUID,
    *,
    contract: UUID,
    event: UUID,
    told: Measured,
    occurred_at: Instant,
    at: datetime,
    note: str = "",
) -> None:
    """The person's party tells something; what needs both waits for the other.

    event   its id, new; the same one again with the same content is told once
    note    what was written beside it; it can be erased later
    raises  ContractUnknown, NotAllowed, TermsNotYet, EventNotOffered, EventInFuture,
            EventToldAlready, ReasonTooLong, StepGroundless, RemedyAboveDeduction, PaymentAboveDebt
    """
    with scoped(by) as scope:
        stored, party = _speaking(scope, contract, "tell_event")
        if occurred_at > instant_of(at):
            raise EventInFuture()
        zone = zone_named(stored.zone)
        terms = terms_of(scope, contract, at.astimezone(zone).date())
        on = local_time(occurred_at, zone).date()
        days, bills = (on, at.astimezone(zone).date()), _bills(stored, told)
        offers = (Offer(held_on(terms, day), party, bills) for day in days)
        if not any(each.allows(told) for each in offers):
            raise EventNotOffered()
        if isinstance(told, IncidentHappened | ScoreGiven | LossShown | Exclusion):
            told = replace(told, approved_by=(party,))
        elif isinstance(told, ContractStep):
            told = at_fault(told, party, OTHER[party])
        fact = _fact(stored, told, f"events/{event}", occurred_at)
        log_of(stored).hold()
        if _is_told(scope, stored, fact):
            return
        _refuse_alone(scope, stored, told, party, at)
        _write(stored, fact, note)
        details = {"kind": fact.kind.value, "event": fact.event_id, "party": party.value}
        record(scope, "statements.tell_event", subject=event, contract=contract, details=details)
        if event_of(scope, stored, f"{fact.source}|{fact.event_id}").waits_for is OTHER[party]:
            _let_know(scope, contract, fact, OTHER[party], WAITS)


def answer_event(
    by: UUID,
    *,
    contract: UUID,
    event: str,
    agrees: bool,
    at: datetime,
    reason: str = "",
    amount_fen: int | None = None,
    arrived_at: Instant | None = None,
) -> None:
    """The other party says yes, or no with its reason, to what was told.

    event       its key
    amount_fen  how much of an expense is approved; all of it, unless told
    arrived_at  when a notice arrived; now, unless told
    raises      ContractUnknown, NotAllowed, EventUnknown, EventAnswered, ReasonMissing,
                ReasonTooLong, ApprovedTooMuch, ArrivalImpossible, RemedyAboveDeduction,
                PaymentAboveDebt
    """
    with scoped(by) as scope:
        stored, party = _speaking(scope, contract, "answer_event")
        # Two answers at once: the second waits here, and then sees the first.
        log_of(stored).hold()
        found = event_of(scope, stored, event)
        if found.waits_for is not party:
            raise EventAnswered()
        if not agrees and not reason.strip():
            raise ReasonMissing()
        verdict = "agreed" if agrees else "refused"
        detail = _answer(found, agrees, reason.strip(), amount_fen)
        moment = _answered_at(found, detail, instant_of(at), arrived_at)
        fact = _fact(stored, detail, f"{found.first.fact.event_id}/{verdict}", moment)
        _write(stored, fact, reason)
        if agrees and isinstance(detail, NoticeGiven) and is_proposal(detail):
            happened = found.first.fact.occurred_at if arrived_at is None else arrived_at
            follow_agreement(scope, stored, detail, at, happened)
        details = {"event": found.first.fact.event_id, "party": party.value, "outcome": verdict}
        record(scope, "statements.answer_event", contract=contract, details=details)
        _let_know(scope, contract, fact, OTHER[party], verdict)


def _refuse_alone(
    scope: Scope, contract: Contract, told: Measured, party: Party, at: datetime
) -> None:
    """A step has a right or a cause behind it; a remedy lets off no more than was asked for.

    raises  EventNotOffered for a step that waits for the other, StepGroundless,
            RemedyAboveDeduction, PaymentAboveDebt
    """
    refuse_overpaid(_bills(contract, told), proposed_fact(told) or told)
    remedy = remedy_of(told) if isinstance(told, NoticeGiven) else None
    if remedy is not None:
        refuse_too_much(scope, contract, remedy)
    if not isinstance(told, ContractStep):
        return
    on = local_day(instant_of(at), zone_named(contract.zone))
    facts = facts_now(log_of(contract))
    rights = rights_of(terms_of(scope, contract.pk, on), facts, load_china(), party, on)
    if needs_agreement(told, rights, party):
        raise EventNotOffered()
    if is_groundless(told, rights):
        raise StepGroundless()


def _bills(contract: Contract, told: Measured) -> tuple[Bill, ...]:
    """What a payment or an invoice may be for; nothing else asks."""
    about_bill = isinstance(proposed_fact(told) or told, Payment | InvoiceReceived)
    return bills_of(facts_now(log_of(contract))) if about_bill else ()


def _let_know(scope: Scope, contract: UUID, fact: Fact, to: Party, what: str) -> None:
    """The other party hears of it by mail."""
    payload = {"kind": fact.kind.value, "what": what, "to": to.value}
    leave_errand(scope, TELL_EVENT, payload, contract=contract)


def _speaking(scope: Scope, contract: UUID, action: str) -> tuple[Contract, Party]:
    return need_party(scope, contract, action, Party.CLIENT, Party.PROVIDER)


def _answered_at(
    found: Event, detail: Measured, now: Instant, arrived_at: Instant | None
) -> Instant:
    """An agreement is about the same instant; an act of its own happens now, or when it did."""
    told_at = found.first.fact.occurred_at
    if isinstance(detail, IncidentHappened | ScoreGiven | LossShown | Exclusion):
        return told_at
    if isinstance(detail, NoticeGiven) and arrived_at is not None:
        if not told_at <= arrived_at <= now:
            raise ArrivalImpossible()
        return arrived_at
    return now


def _answer(found: Event, agrees: bool, reason: str, amount_fen: int | None) -> Measured:
    """The fact that says it."""
    match found.detail:
        case IncidentHappened() | ScoreGiven() | LossShown() | Exclusion() as told:
            return replace(told, approved_by=tuple(Party) if agrees else ())
        case WorkTold() as work:
            event = WorkEvent.ACCEPTED if agrees else WorkEvent.REFUSED
            return replace(work, event=event, reason=reason or None)
        case ExpenseTold() as expense:
            if not agrees:
                return replace(expense, event=ExpenseEvent.REFUSED)
            fen = expense.amount_fen if amount_fen is None else amount_fen
            if not 0 < fen <= expense.amount_fen:
                raise ApprovedTooMuch(claimed_fen=expense.amount_fen, approved_fen=fen)
            return replace(expense, event=ExpenseEvent.APPROVED, amount_fen=fen)
        case NoticeGiven() as notice if agrees:
            return replace(notice, event=NoticeEvent.ARRIVED)
        case NoticeGiven() as notice if is_proposal(notice):
            return replace(notice, event=NoticeEvent.WITHDRAWN)
    raise EventAnswered()


def _is_told(scope: Scope, contract: Contract, fact: Fact) -> bool:
    """Whether the very same stands in the log; a form that comes twice is one event."""
    for each in events_of(scope, contract):
        known = each.first.fact
        if known.key == fact.key:
            if (known.measured, known.occurred_at) != (fact.measured, fact.occurred_at):
                raise EventToldAlready()
            return True
    return False


def _fact(contract: Contract, detail: Measured, event_id: str, occurred_at: Instant) -> Fact:
    return Fact.of(
        detail,
        contract_id=contract.code,
        source=SOURCE,
        event_id=event_id,
        occurred_at=occurred_at,
    )


def _write(contract: Contract, fact: Fact, note: str) -> None:
    said = note.strip()
    if len(said) > LONGEST_REASON:
        raise ReasonTooLong(length=len(said), longest=LONGEST_REASON)
    if not said:
        tell(contract, [fact])
        return
    bound, personal = with_reason(fact, said)
    tell(contract, [bound], [personal])
