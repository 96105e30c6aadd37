"""Objecting to a line, answering, withdrawing: the statement itself never changes by it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pactdesk.apps.audit.actions import record
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.statements.confirming import locked
from pactdesk.apps.statements.errors import (
    AlreadyConfirmed,
    LineObjected,
    ObjectionEnded,
    ObjectionTooLate,
    ReasonMissing,
    ReasonTooLong,
)
from pactdesk.apps.statements.hands import need_party, tell
from pactdesk.apps.statements.kinds import StatementState
from pactdesk.apps.statements.models import Objection, Statement
from pactdesk.apps.statements.queries import objection_of, statement_of, terms_behind
from pactdesk.apps.statements.values import fact_about, to_plain, with_reason
from pactdesk.apps.walls.scope import Scope
from pactdesk.calendars.china import load_china
from pactdesk.core.facts.kinds import (
    ObjectionOutcome,
    Party,
    StatementAnswered,
    StatementObjected,
)
from pactdesk.core.settle.objecting import objections_until
from pactdesk.core.units.instants import instant_of, zone_named
from pactdesk.core.worktime.calendars import CalendarNotPublished
from pactdesk.documents.explain.line import LineUnknown

TELL_OBJECTED = "statements.tell_objected"
TELL_ANSWERED = "statements.tell_answered"
LONGEST_REASON = 4_000


def deadline_of(scope: Scope, statement: Statement) -> date | None:
    """The last day for objections, in the contract's zone; none when the contract sets none.

    A statement issued here reaches the client the same day: by mail, and on the portal.

    raises  CalendarNotPublished
    """
    issued_on = statement.issued_at.astimezone(zone_named(statement.contract.zone)).date()
    return objections_until(terms_behind(scope, statement), issued_on, load_china())


def object_to_line(by: UUID, *, statement: UUID, line: int, reason: str, at: datetime) -> UUID:
    """The client does not agree to a line, and says why; the provider is told.

    raises  StatementUnknown, NotAllowed, LineUnknown, ReasonMissing, ReasonTooLong,
            AlreadyConfirmed, LineObjected, ObjectionTooLate
    """
    said = _said(reason)
    with scoped(by) as scope:
        found = statement_of(scope, statement)
        contract, _ = need_party(scope, found.contract_id, "object_to_line", Party.CLIENT)
        locked(found)
        _refuse(scope, found, line, at)
        made = Objection(
            contract=contract, statement=found, line=line, reason=said, by_id=by, at=at
        )
        made.save(force_insert=True)
        _move(found)
        detail = StatementObjected(found.number, str(made.pk), line)
        fact = fact_about(found, detail, f"objections/{made.pk}", instant_of(at))
        bound, personal = with_reason(fact, said)
        tell(contract, [bound], [personal])
        _follow(scope, "statements.object_to_line", made, TELL_OBJECTED, Party.PROVIDER)
    return made.pk


def answer_objection(
    by: UUID, *, objection: UUID, answer: str, accepted: bool, at: datetime
) -> None:
    """The provider accepts or rejects, with its reason.

    What was accepted comes as a line of the next statement; this one is never edited
    (`values.consequence` says so to readers).

    raises  ObjectionUnknown, NotAllowed, ReasonMissing, ReasonTooLong, ObjectionEnded
    """
    outcome = ObjectionOutcome.ACCEPTED if accepted else ObjectionOutcome.REJECTED
    said = _said(answer)
    with scoped(by) as scope:
        found = objection_of(scope, objection)
        need_party(scope, found.contract_id, "answer_objection", Party.PROVIDER)
        _end(by, found, outcome, said, at)
        _follow(scope, "statements.answer_objection", found, TELL_ANSWERED, Party.CLIENT)


def withdraw_objection(by: UUID, *, objection: UUID, at: datetime) -> None:
    """The client takes it back; anybody who may object for the company may.

    raises  ObjectionUnknown, NotAllowed, ObjectionEnded
    """
    with scoped(by) as scope:
        found = objection_of(scope, objection)
        need_party(scope, found.contract_id, "withdraw_objection", Party.CLIENT)
        _end(by, found, ObjectionOutcome.WITHDRAWN, "", at)
        _follow(scope, "statements.withdraw_objection", found, TELL_ANSWERED, Party.PROVIDER)


def _said(reason: str) -> str:
    said = reason.strip()
    if not said:
        raise ReasonMissing()
    if len(said) > LONGEST_REASON:
        raise ReasonTooLong(length=len(said), longest=LONGEST_REASON)
    return said


def _refuse(scope: Scope, statement: Statement, line: int, at: datetime) -> None:
    lines = to_plain(statement)["lines"]
    if line not in {each["number"] for each in lines}:
        raise LineUnknown(statement=statement.number, line=line, count=len(lines))
    if statement.confirmations.filter(party=Party.CLIENT.value).exists():
        raise AlreadyConfirmed(number=statement.number, party=Party.CLIENT.value)
    if Objection.objects.filter(statement=statement, line=line, outcome__isnull=True).exists():
        raise LineObjected(number=statement.number, line=line)
    until = _last_day(scope, statement)
    if until is not None and _local_day(statement.contract, at) > until:
        raise ObjectionTooLate(number=statement.number, until=until.isoformat())


def _last_day(scope: Scope, statement: Statement) -> date | None:
    """None also while its calendar is not published: nobody is too late for a day unknown."""
    try:
        return deadline_of(scope, statement)
    except CalendarNotPublished:
        return None


def _end(by: UUID, found: Objection, outcome: ObjectionOutcome, answer: str, at: datetime) -> None:
    locked(found.statement)
    found.refresh_from_db(fields=["outcome"])
    if found.outcome is not None:
        raise ObjectionEnded(line=found.line, outcome=found.outcome)
    found.outcome, found.answer = outcome.value, answer
    found.answered_by_id, found.answered_at = by, at
    found.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    _move(found.statement)
    detail = StatementAnswered(found.statement.number, str(found.pk), outcome)
    event = f"objections/{found.pk}/{outcome.value}"
    fact = fact_about(found.statement, detail, event, instant_of(at))
    if answer:
        bound, personal = with_reason(fact, answer)
        tell(found.statement.contract, [bound], [personal])
    else:
        tell(found.statement.contract, [fact])


def _move(statement: Statement) -> None:
    """It waits for an answer as long as one objection does."""
    waits = Objection.objects.filter(statement=statement, outcome__isnull=True).exists()
    statement.state = (StatementState.OBJECTED if waits else StatementState.ISSUED).value
    statement.save(update_fields=["state"])


def _follow(scope: Scope, verb: str, objection: Objection, errand: str, to: Party) -> None:
    told: dict[str, str | int | bool | None] = {
        "objection": str(objection.pk),
        "line": objection.line,
        "outcome": objection.outcome,
    }
    contract, statement = objection.contract_id, objection.statement_id
    record(scope, verb, subject=statement, contract=contract, details=told)
    payload = {**told, "statement": str(statement), "to": to.value}
    leave_errand(scope, errand, payload, contract=contract)


def _local_day(contract: Contract, at: datetime) -> date:
    return at.astimezone(zone_named(contract.zone)).date()
