"""What an agent sees of their own work: the clock, this week's times, what is still unclear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from pactdesk.apps.contracts.kinds import ContractState
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contracts_visible_to
from pactdesk.apps.walls.scope import Scope
from pactdesk.apps.workforce.kinds import StintState
from pactdesk.apps.workforce.models import RuleDocument, Stint
from pactdesk.apps.workforce.queries import own_shifts, own_stints, unsigned_by, worked_by
from pactdesk.apps.workforce.values import is_forgotten
from pactdesk.core.units.exact import exact_value
from pactdesk.core.units.instants import Instant, day_start, local_day, zone_named
from pactdesk.web.moments import display_zone
from pactdesk.web.workforce.rules import version_text
from pactdesk.web.workforce.shifts import ShownShift, shown_shift
from pactdesk.web.workforce.words import clock_text, day_text, hours_text, monday_of, say, span_text

MOST_SHIFTS = 30
_COUNTING = (StintState.OPEN, StintState.ENDED)


@dataclass(frozen=True, slots=True)
class Job:
    """One contract that one can clock in for; `since` when one is."""

    contract: UUID
    title: str
    since: str = ""
    share: str = ""


@dataclass(frozen=True, slots=True)
class Worked:
    """One time at work."""

    day: str
    times: str
    title: str
    hours: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Lost:
    """A time whose end nobody knows."""

    stint: UUID
    title: str
    started: str
    day: str
    said: str


@dataclass(frozen=True, slots=True)
class ToSign:
    """A document that waits for one's signature."""

    rule: UUID
    name: str
    version: str
    title: str
    due: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class MyClock:
    """The clock and what it says of this week.

    now   the jobs one is clocked in for
    jobs  those one may clock in for
    """

    now: tuple[Job, ...]
    jobs: tuple[Job, ...]
    lost: tuple[Lost, ...]
    worked: tuple[Worked, ...]
    today: str
    week: str
    rules: tuple[ToSign, ...]
    shifts: tuple[ShownShift, ...]

    @property
    def starting(self) -> tuple[Job, ...]:
        """What one can begin, or change to."""
        here = {job.contract for job in self.now}
        return tuple(job for job in self.jobs if job.contract not in here or len(here) > 1)


def my_clock(scope: Scope, now: Instant) -> MyClock:
    """As it stands at `now`."""
    contracts = _contracts(scope)
    zone = zone_for(contracts)
    today = local_day(now, zone)
    monday = day_start(monday_of(today), zone)
    stints = list(own_stints(scope).exclude(state=StintState.VOID)[:200])
    counting = [each for each in stints if each.state in _COUNTING and _alive(each, now)]
    open_now = [each for each in counting if each.state == StintState.OPEN]
    this_week = [each for each in counting if (each.ended_at_ms or now) > monday]
    return MyClock(
        now=tuple(_job(each, contracts, zone, now) for each in open_now),
        jobs=tuple(
            Job(one.pk, one.title)
            for one in contracts.values()
            if one.pk in worked_by(scope) and one.state != ContractState.DRAFT.value
        ),
        lost=tuple(
            _lost(each, contracts, zone)
            for each in stints
            if each.state == StintState.LOST or not _alive(each, now)
        ),
        worked=tuple(_worked(each, contracts, zone, now) for each in this_week),
        today=hours_text(_hours(counting, day_start(today, zone), now)),
        week=hours_text(_hours(counting, monday, now)),
        rules=tuple(_to_sign(each, contracts, today) for each in unsigned_by(scope)),
        shifts=tuple(
            shown_shift(
                each, zone, {}, stints, now, leads=False, title=_title(each.contract_id, contracts)
            )
            for each in own_shifts(scope, Instant(day_start(today, zone)))[:MOST_SHIFTS]
        ),
    )


def _to_sign(document: RuleDocument, contracts: dict[UUID, Contract], today: date) -> ToSign:
    return ToSign(
        rule=document.pk,
        name=document.name,
        version=version_text(document),
        title=_title(document.contract_id, contracts),
        due=document.due_on.isoformat(),
        is_late=document.due_on < today,
    )


def zone_of_work(scope: Scope) -> ZoneInfo:
    """The zone in which the person's times are shown and asked for."""
    return zone_for(_contracts(scope))


def zone_for(contracts: dict[UUID, Contract]) -> ZoneInfo:
    """The zone that all their contracts have, else the installation's."""
    zones = {one.zone for one in contracts.values()}
    return zone_named(zones.pop()) if len(zones) == 1 else display_zone()


def _contracts(scope: Scope) -> dict[UUID, Contract]:
    return {one.pk: one for one in contracts_visible_to(scope) if one.pk in scope.contracts}


def _alive(stint: Stint, now: Instant) -> bool:
    is_open = stint.state == StintState.OPEN
    return not (is_open and is_forgotten(Instant(stint.started_at_ms), now))


def _hours(stints: list[Stint], since: Instant, now: Instant) -> Fraction:
    """Milliseconds since then, by shares."""
    return sum(
        (
            exact_value(each.share)
            * max(0, (each.ended_at_ms or now) - max(each.started_at_ms, since))
            for each in stints
        ),
        start=Fraction(0),
    )


def _title(contract: UUID, contracts: dict[UUID, Contract]) -> str:
    found = contracts.get(contract)
    return found.title if found else say("former")


def _job(stint: Stint, contracts: dict[UUID, Contract], zone: ZoneInfo, now: Instant) -> Job:
    since = clock_text(Instant(stint.started_at_ms), zone, local_day(now, zone))
    share = "" if stint.share == "1" else stint.share
    return Job(stint.contract_id, _title(stint.contract_id, contracts), since, share)


def _worked(stint: Stint, contracts: dict[UUID, Contract], zone: ZoneInfo, now: Instant) -> Worked:
    start = Instant(stint.started_at_ms)
    end = None if stint.ended_at_ms is None else Instant(stint.ended_at_ms)
    length = exact_value(stint.share) * ((end or now) - start)
    return Worked(
        day_text(local_day(start, zone)),
        span_text(start, end, zone),
        _title(stint.contract_id, contracts),
        hours_text(length),
        end is None,
    )


def _lost(stint: Stint, contracts: dict[UUID, Contract], zone: ZoneInfo) -> Lost:
    start = Instant(stint.started_at_ms)
    said = stint.said_ended_ms
    return Lost(
        stint.pk,
        _title(stint.contract_id, contracts),
        clock_text(start, zone),
        day_text(local_day(start, zone)),
        "" if said is None else clock_text(Instant(said), zone, local_day(start, zone)),
    )
