"""计酬工时: hours that a price by the hour is paid for, rounded once for each agent and month.

`paid_hours|clause` are all of them, `paid_hours_at|clause|n` those that multiplier n makes dearer.
The hours of a stretch are those of the month up to its end less those up to its start, each
rounded, so that the stretches of a month always add up to the month.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from pactdesk.core.measure.intervals import Intervals, difference, intersection, union
from pactdesk.core.measure.opening import opening_hours
from pactdesk.core.measure.seat_time import clocked
from pactdesk.core.settle.counting import Counting
from pactdesk.core.terms.base import agreed, fraction
from pactdesk.core.terms.clauses.conventions import Conventions, RoundingTerm
from pactdesk.core.terms.clauses.fee_hourly import HourlyFee, Multiplier, Overlap, PaidTime, When
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.exact import MILLISECONDS_PER_HOUR
from pactdesk.core.units.instants import day_start, zone_named
from pactdesk.core.units.rounding import Rounding
from pactdesk.core.worktime.calendars import DayKind, WorkCalendar
from pactdesk.core.worktime.grid import DayGrid
from pactdesk.core.worktime.hours import Window
from pactdesk.core.worktime.wallclock import wall_instant

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


class MultiplierTermMissing(PactError):
    """Clause `clause`: `field` is needed for what its multipliers say."""


def counted(counting: Counting, clause_id: str) -> Fraction:
    """All paid hours of the period, over all agents."""
    clause = _hourly(counting, clause_id)
    return _rounded_hours(counting, lambda until: _paid_times(counting, clause, until))


def at(counting: Counting, clause_id: str, number: str) -> Fraction:
    """The paid hours in which multiplier `number` (from 0) is paid."""
    clause = _hourly(counting, clause_id)

    def times(until: date) -> Intervals:
        dearer = _times_of(counting, clause, int(number), until)
        return intersection(_paid_times(counting, clause, until), dearer)

    return _rounded_hours(counting, times)


def _hourly(counting: Counting, clause_id: str) -> HourlyFee:
    clause = counting.contract.clause(clause_id)
    assert isinstance(clause, HourlyFee)  # noqa: S101 - its own line asks
    return clause


def _rounded_hours(counting: Counting, times: Callable[[date], Intervals]) -> Fraction:
    """Σ over the agents: rounded hours of the month up to the period's end, less its start."""
    conventions = counting.contract.one(Conventions)
    agreed_rounding = agreed(conventions.hours_rounding, f"{conventions.id}.hours_rounding")
    assert isinstance(agreed_rounding, RoundingTerm)  # noqa: S101 - the field has no other shape
    rounding = Rounding(Fraction(agreed_rounding.unit), agreed_rounding.mode)
    before, through = times(counting.period.start), times(counting.period.end)
    return sum(
        (
            rounding(each.inside(through) / MILLISECONDS_PER_HOUR)
            - rounding(each.inside(before) / MILLISECONDS_PER_HOUR)
            for each in clocked(counting.facts).values()
        ),
        start=Fraction(0),
    )


def _paid_times(counting: Counting, clause: HourlyFee, until: date) -> Intervals:
    """From the first day of the month up to `until` (excluded)."""
    zone, first = zone_named(counting.contract.zone), counting.period.start.replace(day=1)
    start, end = day_start(first, zone), day_start(until, zone)
    if start >= end:
        return ()
    if agreed(clause.paid_time, f"{clause.id}.paid_time") is PaidTime.CLOCKED:
        return ((start, end),)
    hours = opening_hours(counting.contract.one(ServiceHours), counting.contract.zone)
    grid = DayGrid.build(hours, _calendar(counting), first, until)
    return tuple(grid.open_between(start, end))


def _times_of(counting: Counting, clause: HourlyFee, number: int, until: date) -> Intervals:
    """When multiplier `number` is paid: where it holds, unless a higher one takes its place."""
    holds = _holding(counting, clause, number, until)
    if len(clause.multipliers) > 1 and _overlap(clause) is Overlap.HIGHEST:
        own = _times(clause, number)
        for other in range(len(clause.multipliers)):
            theirs = _times(clause, other)
            if theirs > own or (theirs == own and other < number):
                holds = difference(holds, _holding(counting, clause, other, until))
    return holds


def _overlap(clause: HourlyFee) -> Overlap:
    overlap = agreed(clause.overlap, f"{clause.id}.overlap")
    if overlap is None:
        raise MultiplierTermMissing(clause=clause.id, field="overlap")
    return overlap


def _times(clause: HourlyFee, number: int) -> Fraction:
    path = f"{clause.id}.multipliers.{number}.times"
    return fraction(clause.multipliers[number].times, path)


def _holding(counting: Counting, clause: HourlyFee, number: int, until: date) -> Intervals:
    """The times of a multiplier by itself; windows that began the day before are looked at too."""
    zone = zone_named(counting.contract.zone)
    day = counting.period.start.replace(day=1) - _ONE_DAY
    found: list[tuple[int, int]] = []
    multiplier, path = clause.multipliers[number], f"{clause.id}.multipliers.{number}"
    while day < until:
        if _is_its_day(multiplier, path, day, counting):
            found += _windows(multiplier, path, day, zone)
        day += _ONE_DAY
    return union(found)  # type: ignore[arg-type]  # instants are integers


def _windows(
    multiplier: Multiplier, path: str, day: date, zone: ZoneInfo
) -> Iterator[tuple[int, int]]:
    windows = agreed(multiplier.windows, f"{path}.windows")
    if windows is None:
        if multiplier.when is When.EVERY_DAY:
            raise MultiplierTermMissing(clause=path, field="windows")
        yield day_start(day, zone), day_start(day + _ONE_DAY, zone)
        return
    for text in windows:
        window = Window.written(text)
        yield (
            wall_instant(day, window.start_minute, zone),
            wall_instant(day, window.end_minute, zone),
        )


def _is_its_day(multiplier: Multiplier, path: str, day: date, counting: Counting) -> bool:
    match agreed(multiplier.when, f"{path}.when"):
        case When.EVERY_DAY:
            return True
        case When.REST_DAYS:
            weekend = day.weekday() >= _SATURDAY
            return weekend and _calendar(counting).kind_of(day) is DayKind.ORDINARY
        case When.HOLIDAYS:
            return _calendar(counting).kind_of(day) is DayKind.HOLIDAY
        case When.DATES:
            first, last = agreed(multiplier.first, path), agreed(multiplier.last, path)
            if first is None or last is None:
                raise MultiplierTermMissing(clause=path, field="first, last")
            return first <= day <= last


def _calendar(counting: Counting) -> WorkCalendar:
    assert counting.calendar is not None  # noqa: S101 - statements are made with one
    return counting.calendar
