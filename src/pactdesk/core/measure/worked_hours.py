"""Hours worked by agent, local day and ISO week, with excused leave (seed D 2.1, D6, D24).

Counted is the time between clock-in and clock-out, weighted with the agent's share, whether or
not it is paid. A week belongs to the days in which its Sunday lies, and is told whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from pactdesk.core.facts.fact import RecordedFact, as_happened
from pactdesk.core.facts.families.staff import LeaveTaken
from pactdesk.core.facts.names import FactKind, Party
from pactdesk.core.measure.intervals import (
    Interval,
    Intervals,
    difference,
    intersection,
    total,
    union,
)
from pactdesk.core.measure.seat_time import Clocked, clocked
from pactdesk.core.units.exact import MILLISECONDS_PER_HOUR
from pactdesk.core.units.instants import day_start
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.grid import DayGrid

_WEEK = timedelta(days=7)
_ONE_DAY = timedelta(days=1)
_NOBODY = Clocked((), (), ())


@dataclass(frozen=True, slots=True)
class WorkedWeek:
    """One agent's week.

    monday      its first day
    by_day      local day → exact hours, days without work left out
    open_ms     service time of the week, needed only when there was leave
    excused_ms  service time on approved leave that was not worked
    """

    agent: str
    monday: date
    by_day: Mapping[date, Fraction]
    open_ms: int = 0
    excused_ms: int = 0

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + _WEEK - _ONE_DAY

    @property
    def hours(self) -> Fraction:
        """Worked in all."""
        return sum(self.by_day.values(), start=Fraction(0))

    @property
    def average_day(self) -> Fraction:
        """Hours ÷ the days on which any were worked; 0 when none was."""
        return self.hours / len(self.by_day) if self.by_day else Fraction(0)

    @property
    def excused_share(self) -> Fraction:
        """Which part of the week's service time was excused."""
        return Fraction(self.excused_ms, self.open_ms) if self.open_ms else Fraction(0)

    def asked(self, minimum: Fraction, *, leave_counts: bool) -> Fraction:
        """The minimum, lowered by the part of the week that was excused."""
        return minimum * (1 - self.excused_share) if leave_counts else minimum


def hours_by_day(
    facts: Iterable[RecordedFact], agent: str, days: Period, zone: ZoneInfo
) -> Mapping[date, Fraction]:
    """Exact hours of each local day on which the agent worked; midnight splits a shift."""
    times = clocked(facts).get(agent, _NOBODY)
    return _by_day(times, days, zone)


def weeks_worked(
    facts: Iterable[RecordedFact], agent: str, days: Period, zone: ZoneInfo, grid: DayGrid
) -> tuple[WorkedWeek, ...]:
    """Every week of the agent whose Sunday lies in `days`, also those without work.

    grid    the service hours, of which leave excuses a part
    raises  CalendarNotPublished when there was leave and the week's service time is not known
    """
    kept = tuple(facts)
    times, away = clocked(kept).get(agent, _NOBODY), approved_leave(kept, agent)
    monday = days.start - timedelta(days=days.start.weekday())
    found: list[WorkedWeek] = []
    while monday + _WEEK <= days.end:
        week = Period(monday, monday + _WEEK)
        inside = day_start(week.start, zone), day_start(week.end, zone)
        opened, excused = _excused(times, away, inside, grid)
        found.append(WorkedWeek(agent, monday, _by_day(times, week, zone), opened, excused))
        monday += _WEEK
    return tuple(found)


def approved_leave(facts: Iterable[RecordedFact], agent: str) -> Intervals:
    """The agent's leave that the client, who asks for the work, agreed to."""
    told = (each.fact.detail for each in as_happened(facts, FactKind.LEAVE))
    return union(
        (leave.start, leave.end)
        for leave in told
        if isinstance(leave, LeaveTaken)
        and leave.agent == agent
        and Party.CLIENT in leave.approved_by
    )


def _excused(times: Clocked, away: Intervals, inside: Interval, grid: DayGrid) -> tuple[int, int]:
    """Milliseconds of service time of the week, and of these excused; (0, 0) without leave."""
    leave = intersection(away, (inside,))
    if not leave:
        return 0, 0
    opened: Intervals = tuple(grid.open_between(*inside))
    missed = difference(intersection(leave, opened), times.sessions)
    return total(opened), total(missed)


def _by_day(times: Clocked, days: Period, zone: ZoneInfo) -> Mapping[date, Fraction]:
    by_day: dict[date, Fraction] = {}
    for day in days:
        inside = (day_start(day, zone), day_start(day + _ONE_DAY, zone))
        worked = times.inside((inside,))
        if worked:
            by_day[day] = worked / MILLISECONDS_PER_HOUR
    return by_day
