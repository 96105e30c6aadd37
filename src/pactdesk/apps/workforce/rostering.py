"""Shifts: offered by the lead or asked for by the agent, and agreed once the other says yes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from pactdesk.apps.audit.actions import record
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.scope import Scope
from pactdesk.apps.workforce.errors import (
    AvailabilityWrong,
    ShiftAnswered,
    ShiftsOverlap,
    ShiftTimesWrong,
    ShiftUnknown,
)
from pactdesk.apps.workforce.holding import employer, hold_person, need_role
from pactdesk.apps.workforce.kinds import CLOCKING, LEADING, ShiftState
from pactdesk.apps.workforce.models import Availability, Shift
from pactdesk.apps.workforce.queries import agents_of
from pactdesk.apps.workforce.values import LONGEST_HOURS, LONGEST_MS, shared
from pactdesk.core.units.instants import Instant

LIVE = (ShiftState.OFFERED, ShiftState.ASKED, ShiftState.AGREED)
TELL_OFFERED, TELL_ASKED = "workforce.shifts_offered", "workforce.shifts_asked"
_MINUTES = 1440

Minutes = tuple[int, int]
"""From a minute of the day (included) to another (excluded)."""


def propose_shift(
    by: UUID,
    *,
    contract: UUID,
    person: UUID,
    starts_at: Instant,
    ends_at: Instant,
    at: Instant,
    share: str = "1",
) -> UUID:
    """A lead or planner offers somebody a shift, or an agent asks for one; the other answers.

    raises  ContractUnknown, NotAllowed, ShiftUnknown (no agent of the contract),
            ShiftTimesWrong, ShiftsOverlap
    """
    with scoped(by) as scope:
        is_own = by == person
        need_role(scope, contract, "propose_shift", *(CLOCKING if is_own else LEADING))
        if person not in agents_of(scope, contract):
            raise ShiftUnknown(shift=person)
        if not starts_at < ends_at or ends_at <= at or ends_at - starts_at > LONGEST_MS:
            raise ShiftTimesWrong(hours=LONGEST_HOURS)
        hold_person(person)
        leads = Role.LEAD.value in scope.roles(contract)
        made = Shift(
            contract_id=contract,
            org_id=employer(scope),
            person_id=person,
            starts_at_ms=starts_at,
            ends_at_ms=ends_at,
            share=share,
            state=ShiftState.OFFERED if not is_own else ShiftState.ASKED,
            made_by_id=by,
        )
        if is_own and leads:  # who leads themselves has said both
            made.state, made.answered_by_id, made.answered_at_ms = ShiftState.AGREED, by, at
        _check_alone(made)
        made.save(force_insert=True)
        record(scope, "workforce.propose_shift", subject=made.pk, contract=contract)
        return made.pk


def answer_shift(by: UUID, *, shift: UUID, agrees: bool, at: Instant) -> None:
    """The other side says yes or no.

    raises  ShiftUnknown, NotAllowed, ShiftAnswered
    """
    with scoped(by) as scope:
        found = _held(scope, by, shift)
        if found.ends_at_ms <= at:
            raise ShiftAnswered()
        if found.state == ShiftState.OFFERED:
            if by != found.person_id:
                raise NotAllowed(action="answer_shift")
        elif found.state == ShiftState.ASKED:
            need_role(scope, found.contract_id, "answer_shift", *LEADING)
            if by == found.made_by_id:
                raise NotAllowed(action="answer_shift")
        else:
            raise ShiftAnswered()
        found.state = ShiftState.AGREED if agrees else ShiftState.DECLINED
        found.answered_by_id, found.answered_at_ms = by, at
        found.save()
        verb = "workforce.agree_shift" if agrees else "workforce.decline_shift"
        record(scope, verb, subject=found.pk, contract=found.contract_id)


def withdraw_shift(by: UUID, *, shift: UUID, at: Instant) -> None:
    """Before it begins, either side takes a shift back; what was agreed stays in the audit.

    raises  ShiftUnknown, NotAllowed, ShiftAnswered
    """
    with scoped(by) as scope:
        found = _held(scope, by, shift)
        if by != found.person_id:
            need_role(scope, found.contract_id, "withdraw_shift", *LEADING)
        if found.state not in LIVE or found.starts_at_ms <= at:
            raise ShiftAnswered()
        found.state, found.answered_by_id, found.answered_at_ms = ShiftState.WITHDRAWN, by, at
        found.save()
        record(scope, "workforce.withdraw_shift", subject=found.pk, contract=found.contract_id)


def tell_waiting(scope: Scope, contract: UUID, now: Instant) -> int:
    """Write, once, to those whose answer shifts wait for; how many letters. A job's work.

    A week is planned shift by shift, and told in one letter to each.
    """
    waiting = Shift.objects.filter(
        contract_id=contract,
        state__in=(ShiftState.OFFERED, ShiftState.ASKED),
        told_at_ms__isnull=True,
        ends_at_ms__gt=now,
    )
    found = list(waiting.values_list("pk", "state", "person_id"))
    offered = Counter(person for _, state, person in found if state == ShiftState.OFFERED)
    for person, count in offered.items():
        told: dict[str, str | int | bool | None] = {"person": str(person), "count": count}
        leave_errand(scope, TELL_OFFERED, told, contract=contract)
    asked = len(found) - offered.total()
    if asked:
        leave_errand(scope, TELL_ASKED, {"count": asked}, contract=contract)
    Shift.objects.filter(pk__in=[number for number, _, _ in found]).update(told_at_ms=now)
    return len(offered) + bool(asked)


def set_week(by: UUID, *, week: Mapping[int, Sequence[Minutes]]) -> None:
    """When the person can work each week, by weekday (0 is Monday); a missing day: not at all.

    raises  AvailabilityWrong
    """
    spans = [(day, each) for day, several in week.items() for each in several]
    for day, (start, end) in spans:
        if not 0 <= day < 7 or not 0 <= start < end <= _MINUTES:
            raise AvailabilityWrong()
    with scoped(by) as scope:
        hold_person(by)
        Availability.objects.filter(person_id=by, weekday__isnull=False).delete()
        Availability.objects.bulk_create(
            Availability(
                org_id=employer(scope),
                person_id=by,
                weekday=day,
                start_minute=start,
                end_minute=end,
                can_work=True,
            )
            for day, (start, end) in spans
        )
        record(scope, "workforce.set_week", subject=by)


def set_day(by: UUID, *, day: date, spans: Sequence[Minutes] | None) -> None:
    """On this day otherwise: in these minutes, or not at all; None: as every week.

    raises  AvailabilityWrong
    """
    if any(not 0 <= start < end <= _MINUTES for start, end in spans or ()):
        raise AvailabilityWrong()
    with scoped(by) as scope:
        hold_person(by)
        Availability.objects.filter(person_id=by, day=day).delete()
        if spans is not None:
            Availability.objects.bulk_create(
                Availability(
                    org_id=employer(scope),
                    person_id=by,
                    day=day,
                    start_minute=start,
                    end_minute=end,
                    can_work=bool(spans),
                )
                for start, end in (spans or [(0, _MINUTES)])
            )
        record(scope, "workforce.set_day", subject=by, details={"day": day.isoformat()})


def _held(scope: Scope, by: UUID, shift: UUID) -> Shift:
    found = Shift.objects.filter(pk=shift, contract_id__in=list(scope.contracts)).first()
    if found is None or (by != found.person_id and not _leads(scope, found.contract_id)):
        raise ShiftUnknown(shift=shift)
    hold_person(found.person_id)
    found.refresh_from_db()
    return found


def _leads(scope: Scope, contract: UUID) -> bool:
    return bool(scope.roles(contract) & {role.value for role in LEADING})


def _check_alone(shift: Shift) -> None:
    """All contracts together, nobody is planned for more than an hour in an hour.

    raises  ShiftsOverlap
    """
    beside = list(
        Shift.objects.filter(
            person_id=shift.person_id,
            state__in=LIVE,
            starts_at_ms__lt=shift.ends_at_ms,
            ends_at_ms__gt=shift.starts_at_ms,
        )
    )
    moments = {shift.starts_at_ms, *(max(shift.starts_at_ms, one.starts_at_ms) for one in beside)}
    for moment in moments:
        held = [one for one in beside if one.starts_at_ms <= moment < one.ends_at_ms]
        is_twice = any(one.contract_id == shift.contract_id for one in held)
        if is_twice or shared([shift.share, *(one.share for one in held)]) > 1:
            raise ShiftsOverlap()
