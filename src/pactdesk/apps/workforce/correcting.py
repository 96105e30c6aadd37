"""A lead says when somebody really worked: facts that are added, with the reason, never edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from secrets import token_hex
from uuid import UUID

from pactdesk.apps.audit.actions import record
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope
from pactdesk.apps.workforce.clocked_facts import clock_facts
from pactdesk.apps.workforce.errors import (
    ClockNotCorrected,
    CorrectionReasonMissing,
    StintsOverlap,
    StintTimesWrong,
    StintUnknown,
)
from pactdesk.apps.workforce.holding import employer, hold_person, need_role
from pactdesk.apps.workforce.kinds import StintState
from pactdesk.apps.workforce.models import LONGEST_REASON, Stint, StintCorrection
from pactdesk.apps.workforce.queries import agents_of, one_self
from pactdesk.apps.workforce.values import LONGEST_HOURS, LONGEST_MS, SOURCE, agent_code, shared
from pactdesk.core.facts.commitments import SHORTEST_SALT, PersonalField
from pactdesk.core.facts.fact import Fact, as_happened
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import Assignment, Attendance, FactKind
from pactdesk.core.measure.clock_corrections import OPEN_END, Events, Told, applied, corrected
from pactdesk.core.measure.intervals import Interval, union
from pactdesk.core.measure.seat_time import paired
from pactdesk.core.units.instants import Instant, zone_named

_LOOK_BACK_MS = 7 * 24 * 3_600_000


def correct_stint(
    by: UUID, *, stint: UUID, times: Interval | None, reason: str, at: Instant
) -> None:
    """The agent worked in `times` and not as the clock says; None: not at all.

    raises  StintUnknown, NotAllowed, StintTimesWrong, StintsOverlap, CorrectionReasonMissing
    """
    with scoped(by) as scope:
        found = Stint.objects.filter(pk=stint, contract_id__in=list(scope.contracts)).first()
        if found is None or found.state == StintState.VOID:
            raise StintUnknown(stint=stint)
        contract = need_role(scope, found.contract_id, "correct_stint", Role.LEAD)
        hold_person(found.person_id)
        found.refresh_from_db()
        _correct(scope, contract, found, times, reason, at)


def add_stint(
    by: UUID, *, contract: UUID, person: UUID, times: Interval, reason: str, at: Instant
) -> UUID:
    """The agent worked in `times`, and had not clocked in at all; the id of what is added.

    raises  ContractUnknown, NotAllowed, StintUnknown (no agent of the contract), and as above
    """
    with scoped(by) as scope:
        stored = need_role(scope, contract, "correct_stint", Role.LEAD)
        if person not in agents_of(scope, contract):
            raise StintUnknown(stint=person)
        hold_person(person)
        made = Stint(
            contract_id=contract,
            org_id=employer(scope),
            person_id=person,
            share="1",
            state=StintState.VOID,
            started_at_ms=times[0],
        )
        _correct(scope, stored, made, times, reason, at)
        return made.pk


def _correct(
    scope: Scope,
    contract: Contract,
    stint: Stint,
    times: Interval | None,
    reason: str,
    at: Instant,
) -> None:
    said = reason.strip()
    if not 0 < len(said) <= LONGEST_REASON:
        raise CorrectionReasonMissing(longest=LONGEST_REASON)
    is_new = stint.state == StintState.VOID
    before = (None, None) if is_new else (stint.started_at_ms, stint.ended_at_ms)
    if times is not None:
        _check_times(times, at)
        _check_alone(stint, times)
    first = min(stint.started_at_ms, times[0] if times else stint.started_at_ms)
    if times is None:
        stint.state = StintState.VOID
    else:
        stint.state = StintState.ENDED
        stint.started_at_ms, stint.ended_at_ms = times
    stint.save()
    told = _facts(contract, stint, Instant(first))
    if times is not None and before[0] != times[0]:
        told.insert(0, (times[0], Assignment(agent_code(stint.person_id), stint.share), False))
    _write(contract, told, said)
    StintCorrection.objects.create(
        contract_id=contract.pk,
        org_id=stint.org_id,
        person_id=stint.person_id,
        stint_id=stint.pk,
        by_id=one_self(scope),
        reason=said,
        was_start_ms=before[0],
        was_end_ms=before[1],
        now_start_ms=times[0] if times else None,
        now_end_ms=times[1] if times else None,
    )
    record(scope, "workforce.correct_stint", subject=stint.pk, contract=contract.pk)


def _check_times(times: Interval, now: Instant) -> None:
    start, end = times
    if not start < end <= now or end - start > LONGEST_MS:
        raise StintTimesWrong(hours=LONGEST_HOURS)


def _check_alone(stint: Stint, times: Interval) -> None:
    """Nobody works more than one hour in an hour, over all contracts together.

    raises  StintsOverlap
    """
    start, end = times
    counting = (StintState.OPEN, StintState.ENDED)
    others = Stint.objects.filter(
        person_id=stint.person_id, state__in=counting, started_at_ms__lt=end
    ).exclude(pk=stint.pk)
    beside = [each for each in others if each.ended_at_ms is None or each.ended_at_ms > start]
    moments = {start, *(each.started_at_ms for each in beside if each.started_at_ms > start)}
    for moment in sorted(moments):
        held = [
            each
            for each in beside
            if each.started_at_ms <= moment
            and (each.ended_at_ms is None or each.ended_at_ms > moment)
        ]
        together = shared([stint.share, *(each.share for each in held)])
        if together > 1 or any(each.contract_id == stint.contract_id for each in held):
            raise StintsOverlap(share=together)


def _facts(
    contract: Contract, stint: Stint, first: Instant
) -> list[tuple[Instant, Measured, bool]]:
    """What has to be told of the clock: when, what, and whether before what is known of then.

    first   what was before it, and a week before that, stays as it is
    raises  ClockNotCorrected
    """
    agent = agent_code(stint.person_id)
    rows = Stint.objects.filter(
        contract_id=contract.pk, person_id=stint.person_id, started_at_ms__gte=first - _LOOK_BACK_MS
    ).order_by("started_at_ms")
    counting = [one for one in rows if one.state in (StintState.OPEN, StintState.ENDED)]
    since = min(first, *(one.started_at_ms for one in rows))
    wanted = [
        (Instant(one.started_at_ms), Instant(one.ended_at_ms or OPEN_END)) for one in counting
    ]
    events = _events(contract, agent, Instant(since))
    told = corrected(events, wanted)
    _check_result(events, told, wanted)
    return [(each.at, Attendance(agent, each.event), each.is_first) for each in told]


def _check_result(events: Events, told: Sequence[Told], wanted: Sequence[Interval]) -> None:
    sessions, _ = paired(list(applied(events, told)))
    ended = [one for one in wanted if one[1] != OPEN_END]
    if union(sessions) != union(ended):
        raise ClockNotCorrected()


def _events(contract: Contract, agent: str, since: Instant) -> Events:
    """The agent's clock as the log has it, as it happened."""
    counting = clock_facts(contract, since, shares=False)
    found: list[tuple[Instant, Attendance]] = [
        (each.fact.occurred_at, detail)
        for each in as_happened(counting, FactKind.ATTENDANCE)
        if isinstance(detail := each.fact.detail, Attendance)
    ]
    return [(at, each.event) for at, each in found if each.agent == agent]


def _write(contract: Contract, facts: list[tuple[Instant, Measured, bool]], reason: str) -> None:
    """Each bound to the reason, which can be erased later without breaking the seal."""
    bound: list[Fact] = []
    texts: list[PersonalField] = []
    for at, detail, is_first in facts:
        # Ids of desk facts are UUIDs of this century, which begin with 01: what begins with
        # a hyphen stands before them all.
        name = f"-{new_id()}" if is_first else str(new_id())
        fact = Fact.of(
            detail, contract_id=contract.code, source=SOURCE, event_id=name, occurred_at=at
        )
        text = PersonalField(SOURCE, name, "reason", token_hex(SHORTEST_SALT), reason)
        bound.append(replace(fact, personal={"reason": text.commitment}))
        texts.append(text)
    log = PostgresFactLog(contract.pk, contract.code, zone_named(contract.zone))
    log.append_now(bound, texts)
