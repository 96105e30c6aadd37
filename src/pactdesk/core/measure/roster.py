"""The roster against what the contract asks for, and against the clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

from pactdesk.core.measure.intervals import Interval, Intervals, intersection, total
from pactdesk.core.measure.legal_hours import limits_on
from pactdesk.core.measure.opening import opening_hours
from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.fee_headcount_hours import HeadcountHoursFee
from pactdesk.core.terms.clauses.fee_seats import SeatsFee
from pactdesk.core.terms.clauses.pay_runs import PayRuns
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.exact import MILLISECONDS_PER_HOUR
from pactdesk.core.units.instants import Instant, day_start, zone_named
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.core.worktime.grid import DayGrid
from pactdesk.core.worktime.wallclock import wall_instant

HOURS_OF_DAY = 24
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Planned:
    """A shift as far as seats are counted: when, and which share of a seat."""

    start: Instant
    end: Instant
    share: Fraction


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of one day: seats asked for and planned; `needed` is none where nobody says."""

    day: date
    hour: int
    needed: Fraction | None
    planned: Fraction

    @property
    def is_short(self) -> bool:
        """Whether somebody is missing."""
        return self.needed is not None and self.planned < self.needed


def seats_asked(terms: Contract) -> int | None:
    """Seats that the contract's prices speak of; none where it has none, or leaves it open."""
    found = [each.headcount for each in terms.of_kind(HeadcountHoursFee)]
    found += [each.seats for each in terms.of_kind(SeatsFee)]
    counted = [int(each) for each in found if not isinstance(each, Blank)]
    return sum(counted) if counted else None


def is_part_time(terms: Contract) -> bool:
    """Whether it is a contract of part-time work, which has pay runs and legal limits."""
    return terms.optional(PayRuns) is not None


def open_times(
    terms: Contract, calendar: WorkCalendar, first: date, last: date
) -> Intervals | None:
    """Service time of these days, both included; none where the calendar or the clause lacks."""
    try:
        hours = opening_hours(terms.one(ServiceHours), terms.zone)
        grid = DayGrid.build(hours, calendar, first, last)
        zone = zone_named(terms.zone)
        return tuple(grid.open_between(day_start(first, zone), day_start(last + _ONE_DAY, zone)))
    except PactError:
        return None


def week_grid(
    monday: date,
    zone: ZoneInfo,
    opened: Intervals | None,
    seats: int | None,
    shifts: Sequence[Planned],
) -> tuple[tuple[Hour, ...], ...]:
    """Hour by hour (rows) and day by day: from the first hour that anybody needs to the last."""
    rows = []
    for hour in range(HOURS_OF_DAY):
        row = tuple(
            _hour(monday + timedelta(days=n), hour, zone, opened, seats, shifts) for n in range(7)
        )
        rows.append(row)
    busy = [n for n, row in enumerate(rows) if any(each.needed or each.planned for each in row)]
    return tuple(rows[busy[0] : busy[-1] + 1]) if busy else ()


def _hour(
    day: date,
    hour: int,
    zone: ZoneInfo,
    opened: Intervals | None,
    seats: int | None,
    shifts: Sequence[Planned],
) -> Hour:
    inside: Interval = (
        wall_instant(day, hour * 60, zone),
        wall_instant(day, (hour + 1) * 60, zone),
    )
    length = total((inside,)) or 1
    needed = None
    counted: Intervals = (inside,)
    if opened is not None and seats is not None:
        counted = intersection(opened, (inside,))
        needed = Fraction(seats) if counted else Fraction(0)
        length = total(counted) or length
    planned = sum(
        (
            each.share
            * Fraction(total(intersection(((each.start, each.end),), counted or (inside,))), length)
            for each in shifts
        ),
        start=Fraction(0),
    )
    return Hour(day, hour, needed, planned)


class Kept(StrEnum):
    """What became of a shift."""

    TO_COME = "to_come"
    KEPT = "kept"
    LATE = "late"
    LEFT_EARLY = "left_early"
    LATE_AND_EARLY = "late_and_early"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Punctuality:
    """A shift beside the clock, in whole minutes that began."""

    kept: Kept
    late_minutes: int = 0
    early_minutes: int = 0


def punctuality(shift: Interval, worked: Intervals, now: Instant) -> Punctuality:
    """How a shift was kept by `now`; a minute's grace, for nobody clicks on the second.

    worked  the clock of that person and contract; what goes on ends at `now`
    """
    start, end = shift
    here = intersection(worked, (shift,))
    if now < start + _GRACE_MS and not here:
        return Punctuality(Kept.TO_COME)
    if not here:
        return Punctuality(Kept.ABSENT)
    late = _minutes(here[0][0] - start)
    early = _minutes(end - here[-1][1]) if now >= end else 0
    if late and early:
        return Punctuality(Kept.LATE_AND_EARLY, late, early)
    if late or early:
        return Punctuality(Kept.LATE if late else Kept.LEFT_EARLY, late, early)
    return Punctuality(Kept.KEPT)


_MINUTE_MS = 60_000
_GRACE_MS = _MINUTE_MS


def _minutes(milliseconds: int) -> int:
    return -(-milliseconds // _MINUTE_MS) if milliseconds > _GRACE_MS else 0


@dataclass(frozen=True, slots=True)
class LegalWeek:
    """A part-time week that the roster makes too long (劳动合同法 68)."""

    hours: Fraction
    average_day: Fraction
    week_limit: int
    day_limit: int

    @property
    def is_too_long(self) -> bool:
        """More than the week's hours, or than the day's on average."""
        return self.hours > self.week_limit or self.average_day > self.day_limit


def legal_week(monday: date, zone: ZoneInfo, shifts: Iterable[Planned]) -> LegalWeek:
    """Hours of one person's shifts over all contracts of the employer in the week."""
    by_day: dict[date, Fraction] = {}
    kept = tuple(shifts)
    for n in range(7):
        day = monday + timedelta(days=n)
        inside = ((day_start(day, zone), day_start(day + _ONE_DAY, zone)),)
        worked = sum(
            (each.share * total(intersection(((each.start, each.end),), inside)) for each in kept),
            start=Fraction(0),
        )
        if worked:
            by_day[day] = worked / MILLISECONDS_PER_HOUR
    hours = sum(by_day.values(), start=Fraction(0))
    limits = limits_on(monday)
    average = hours / len(by_day) if by_day else Fraction(0)
    return LegalWeek(hours, average, limits.week_hours, limits.day_hours)
