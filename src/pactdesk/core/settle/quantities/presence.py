"""出勤: on which days agents were there (`seat_days`, `working_days`, `working_days_of_month`).

A session belongs to the local day of its first instant inside service time, so that a night shift
is one day. A day of an agent who serves several contracts counts by the share of the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from pactdesk.core.measure.intervals import Interval, total
from pactdesk.core.measure.opening import opening_hours
from pactdesk.core.measure.seat_time import clocked
from pactdesk.core.settle.counting import Counting
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.units.instants import local_day, zone_named
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.core.worktime.grid import DayGrid

Presence = Mapping[str, Mapping[date, Fraction]]
"""Agent → day → how much of that day: 1, or less for an agent with other contracts."""


def seat_days(counting: Counting) -> Fraction:
    """Σ over agents of their days, of each at most the working days of the period."""
    most = working_days(counting)
    return sum(
        (min(most, sum(days.values(), Fraction(0))) for days in presence(counting).values()),
        start=Fraction(0),
    )


def working_days(counting: Counting) -> Fraction:
    """Monday to Friday less holidays plus make-up days, in the period."""
    return _worked_in(counting.period, calendar_of(counting))


def working_days_of_month(counting: Counting) -> Fraction:
    """The same, in the whole month in which the period lies."""
    month = Period.month(f"{counting.period.start:%Y-%m}")
    return _worked_in(month, calendar_of(counting))


def presence(counting: Counting) -> Presence:
    """The days of the period on which each agent was clocked in inside service time.

    raises  CalendarNotPublished, BlankLeft
    """
    grid = grid_of(counting)
    zone = zone_named(counting.contract.zone)
    found: dict[str, dict[date, Fraction]] = {}
    for agent, times in clocked(counting.facts).items():
        served: dict[date, list[Interval]] = {}
        for start, end in times.sessions:
            if start < counting.end and end > counting.start:
                opened = grid.open_between(start, end)
                if opened:
                    served.setdefault(local_day(opened[0][0], zone), []).extend(opened)
        days = {
            day: times.inside(tuple(opened)) / total(tuple(opened))
            for day, opened in served.items()
            if counting.period.start <= day < counting.period.end
        }
        if days:
            found[agent] = days
    return found


def grid_of(counting: Counting) -> DayGrid:
    """The open hours of the period, by the terms of the period."""
    hours = opening_hours(counting.contract.one(ServiceHours), counting.contract.zone)
    first, last = counting.period.start, counting.period.last_day
    return DayGrid.build(hours, calendar_of(counting), first, last)


def calendar_of(counting: Counting) -> WorkCalendar:
    """The working calendar; a statement is made with one."""
    assert counting.calendar is not None  # noqa: S101 - said above
    return counting.calendar


def days_of(period: Period) -> Iterator[date]:
    """Each day of a period."""
    for n in range((period.end - period.start).days):
        yield period.start + timedelta(days=n)


def _worked_in(period: Period, calendar: WorkCalendar) -> Fraction:
    return Fraction(sum(calendar.is_working_day(day) for day in days_of(period)))
