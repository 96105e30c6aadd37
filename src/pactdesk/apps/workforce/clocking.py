"""Clocking in and out: a click is one transaction, with the facts of every contract it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Max

from pactdesk.apps.audit.actions import record
from pactdesk.apps.contracts.queries import contract_of
from pactdesk.apps.conversations.recording import into_log
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope
from pactdesk.apps.workforce.errors import StintTimesWrong, StintUnknown
from pactdesk.apps.workforce.holding import employer, hold_person, need_role
from pactdesk.apps.workforce.kinds import CLOCKING, ShiftState, StintState
from pactdesk.apps.workforce.models import Stint
from pactdesk.apps.workforce.queries import own_shifts
from pactdesk.apps.workforce.rules import check_signed
from pactdesk.apps.workforce.values import (
    LONGEST_HOURS,
    LONGEST_MS,
    SOURCE,
    Begun,
    Work,
    agent_code,
    beginning,
    clicked,
    ending,
    is_forgotten,
    shared,
)
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.fields import Measured
from pactdesk.core.units.instants import Instant, local_day, zone_named

TELL_FORGOTTEN = "workforce.forgotten"
EARLY_MS = 30 * 60_000
"""How long before a shift a click is already for it."""


def clock_in(by: UUID, *, contract: UUID, at: Instant) -> None:
    """From now on the person works for this contract; what they worked for before ends.

    Again is not twice. Whoever had forgotten to clock out before begins anew, and the lead is
    told that the time before has no end.

    Where the roster divides this time between contracts, the click is for all of them, and the
    rules of each have to be signed.

    raises  ContractUnknown, NotAllowed, ContractNotBegun, RuleNotSigned
    """
    with scoped(by) as scope:
        stored = need_role(scope, contract, "clock_in", *CLOCKING)
        hold_person(by)
        work = _planned_work(scope, contract, at)
        for each in work:
            check_signed(scope, each, local_day(at, zone_named(stored.zone)))
        _click(scope, by, work, at)


def clock_out(by: UUID, *, at: Instant) -> None:
    """The person stops working, for whatever contracts; again is not twice."""
    with scoped(by) as scope:
        hold_person(by)
        _click(scope, by, {}, at)


def say_ended(by: UUID, *, stint: UUID, ended_at: Instant, at: Instant) -> None:
    """The person says when they left, having forgotten to clock out. Counts nothing yet: the lead
    looks at it.

    raises  StintUnknown, StintTimesWrong
    """
    with scoped(by) as scope:
        hold_person(by)
        mine = Stint.objects.filter(person_id=by, contract_id__in=list(scope.contracts))
        found = mine.filter(pk=stint).first()
        if found is None or found.state not in (StintState.LOST, StintState.OPEN):
            raise StintUnknown(stint=stint)
        started = Instant(found.started_at_ms)
        if not started < ended_at <= at or ended_at - started > LONGEST_MS:
            raise StintTimesWrong(hours=LONGEST_HOURS)
        found.said_ended_ms = ended_at
        _lose(scope, found, at)


def mark_forgotten(scope: Scope, contract: UUID, now: Instant) -> int:
    """Times that nobody can still be working become lost, and are told; how many. A job's work."""
    open_ones = Stint.objects.filter(contract_id=contract, state=StintState.OPEN)
    late = [each for each in open_ones if is_forgotten(Instant(each.started_at_ms), now)]
    told = 0
    for each in late:
        hold_person(each.person_id)  # they may be clocking out just now
        each.refresh_from_db()
        if each.state == StintState.OPEN:
            _lose(scope, each, now)
            told += 1
    return told


def _planned_work(scope: Scope, contract: UUID, at: Instant) -> Work:
    """The shares that the roster fixes for now; the whole where it says nothing of the contract."""
    near = own_shifts(scope, at).filter(state=ShiftState.AGREED, starts_at_ms__lte=at + EARLY_MS)
    planned = {each.contract_id: each for each in near}
    mine = planned.get(contract)
    if mine is None:
        return {contract: "1"}
    beside = {
        one: each.share
        for one, each in planned.items()
        if each.starts_at_ms < mine.ends_at_ms and each.ends_at_ms > mine.starts_at_ms
    }
    return beside if shared(beside.values()) <= 1 else {contract: mine.share}


def _click(scope: Scope, person: UUID, work: Work, at: Instant) -> None:
    # What is left open under a contract that they are out of, the round will find.
    mine = Stint.objects.filter(person_id=person, contract_id__in=list(scope.contracts))
    rows = list(mine.filter(state=StintState.OPEN))
    going_on = [Begun(one.contract_id, one.share, Instant(one.started_at_ms)) for one in rows]
    done = clicked(going_on, work, at, _last_end(person))
    by_contract = {one.contract_id: one for one in rows}
    for each in done.lost:
        _lose(scope, by_contract[each.contract], done.at)
    for each in done.ended:
        stint = by_contract[each.contract]
        stint.state, stint.ended_at_ms = StintState.ENDED, done.at
        stint.save()
        _tell(scope, stint, "workforce.clock_out", ending(agent_code(person)), done.at)
    for each in done.begun:
        stint = Stint.objects.create(
            id=new_id(),
            contract_id=each.contract,
            org_id=employer(scope),
            person_id=person,
            share=each.share,
            state=StintState.OPEN,
            started_at_ms=done.at,
        )
        told = beginning(agent_code(person), each.share)
        _tell(scope, stint, "workforce.clock_in", told, done.at)


def _last_end(person: UUID) -> Instant | None:
    ended = Stint.objects.filter(person_id=person, state=StintState.ENDED)
    last = ended.aggregate(last=Max("ended_at_ms"))["last"]
    return None if last is None else Instant(last)


def _lose(scope: Scope, stint: Stint, at: Instant) -> None:
    stint.state, stint.told_at_ms = StintState.LOST, at
    stint.save()
    record(scope, "workforce.lose_stint", subject=stint.pk, contract=stint.contract_id)
    told = {"stint": str(stint.pk)}
    leave_errand(scope, TELL_FORGOTTEN, told, contract=stint.contract_id)


def _tell(scope: Scope, stint: Stint, verb: str, details: Sequence[Measured], at: Instant) -> None:
    """Audit it, and write its facts down."""
    contract = contract_of(scope, stint.contract_id)
    record(scope, verb, subject=stint.pk, contract=contract.pk)
    facts = [
        Fact.of(
            each,
            contract_id=contract.code,
            source=SOURCE,
            event_id=str(new_id()),
            occurred_at=at,
        )
        for each in details
    ]
    into_log(contract.pk, contract.code)(facts)
