"""Elapsed service time and its inverse, the deadline: two look-ups in a table of days.

Build one grid for each contract and month. It grows by itself when a deadline falls after
the month or a look-back before it; growing changes no answer, only how fast the next comes.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import Self

from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant, Milliseconds, iso_text, local_day
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.core.worktime.hours import MINUTES_PER_DAY, ServiceHours
from pactdesk.core.worktime.table import OpenTable, open_table
from pactdesk.core.worktime.wallclock import wall_instant

REACH_YEARS = 20
"""How far from its own days a grid answers; beyond, a time is a slip, such as 1970."""

_REACH_DAYS = REACH_YEARS * 366
_GROWTH_DAYS = 31


class EndBeforeStart(PactError):
    """Service time was asked for from `start` to an earlier `end`."""


class InstantOutOfReach(PactError):
    """`at` is more than `years` years away from the days `first_day` to `last_day`."""


class DeadlineOutOfReach(PactError):
    """`budget_ms` of service time after `start` are not used up within `years` years."""


class ServiceNeverOpens(PactError):
    """The service hours have no opening within `years` years after `at`."""


class BudgetNegative(PactError):
    """A deadline was asked for with less than no time (`budget_ms`)."""


class DayGrid:
    """The open time of some days of one contract: service hours on a calendar.

    Every method raises CalendarNotPublished when its answer depends on a day of a year that
    is not published, and InstantOutOfReach for an instant decades away. A grid that merely
    lies next to such a year answers everything else.
    """

    __slots__ = ("_earliest", "_latest", "_table", "calendar", "first_day", "hours", "last_day")

    def __init__(
        self, hours: ServiceHours, calendar: WorkCalendar, first_day: date, last_day: date
    ) -> None:
        self.hours = hours
        self.calendar = calendar
        self.first_day = first_day
        self.last_day = last_day
        self._earliest = _moved(first_day, -_REACH_DAYS)
        self._latest = _moved(last_day, _REACH_DAYS)
        self._table = open_table(hours, calendar, first_day, last_day)

    @classmethod
    def build(
        cls, hours: ServiceHours, calendar: WorkCalendar, first_day: date, last_day: date
    ) -> Self:
        """The grid of `first_day` to `last_day`, both included, in the zone of `hours`.

        It answers for other days as well; give the days that will be asked for most.
        """
        return cls(hours, calendar, first_day, last_day)

    def elapsed(self, start: Instant, end: Instant) -> Milliseconds:
        """Open time from `start` to `end`, in real milliseconds.

        Additive (a to b and b to c are a to c), never negative, zero while closed.

        raises  EndBeforeStart, CalendarNotPublished, InstantOutOfReach
        """
        table = self._table
        if not table.start <= start <= end <= table.end:
            table = self._table_for(start, end)
        if table.undecided_ends:
            table.refuse_undecided(start, end)
        # `table.open_until` twice, written out: this is the hot path of every level.
        starts, ends, opened = table.starts, table.ends, table.opened
        index = bisect_right(starts, start) - 1
        left = ends[index] - start
        before = opened[index] - left if left > 0 else opened[index]
        index = bisect_right(starts, end, index) - 1
        left = ends[index] - end
        return Milliseconds((opened[index] - left if left > 0 else opened[index]) - before)

    def deadline(self, start: Instant, budget: Milliseconds) -> Instant:
        """The earliest instant, at or after `start`, by which `budget` of open time has passed.

        elapsed(start, deadline(start, budget)) is `budget`, and for no earlier instant. So a
        deadline that uses up a day is its closing time, not the next opening; and a budget
        of zero is due at `start` itself, open or not.

        raises  BudgetNegative, DeadlineOutOfReach, CalendarNotPublished, InstantOutOfReach
        """
        if budget < 0:
            raise BudgetNegative(budget_ms=budget)
        if budget == 0:
            return start
        table = self._table_for(start, start)
        total = table.open_until(start) + budget
        while table.opened[-1] < total:
            table.refuse_undecided(start, table.end)
            if table.last_day >= self._latest:
                raise DeadlineOutOfReach(
                    start=self._text(start), budget_ms=budget, years=REACH_YEARS
                )
            table = self._grown(table, table.first_day, table.last_day + timedelta(days=1))
        due_at = table.when_opened(total)
        table.refuse_undecided(start, due_at)
        return Instant(due_at)

    def is_open(self, at: Instant) -> bool:
        """Whether the service is open at `at`; at the closing time itself it is not."""
        table = self._table_for(at, Instant(at + 1))
        if at < table.ends[bisect_right(table.starts, at) - 1]:
            return True
        table.refuse_undecided(at, at + 1)
        return False

    def next_open(self, at: Instant) -> Instant:
        """The first open instant at or after `at`; `at` itself while open.

        raises  ServiceNeverOpens, CalendarNotPublished, InstantOutOfReach
        """
        table = self._table_for(at, Instant(at + 1))
        index = bisect_right(table.starts, at)
        if at < table.ends[index - 1]:
            return at
        while index == len(table.starts):
            table.refuse_undecided(at, table.end)
            if table.last_day >= self._latest:
                raise ServiceNeverOpens(at=self._text(at), years=REACH_YEARS)
            table = self._grown(table, table.first_day, table.last_day + timedelta(days=1))
        opens_at = table.starts[index]
        table.refuse_undecided(at, opens_at)
        return Instant(opens_at)

    def open_between(self, start: Instant, end: Instant) -> tuple[tuple[Instant, Instant], ...]:
        """The open stretches between `start` and `end`, cut to them, in order and apart."""
        table = self._table_for(start, end)
        table.refuse_undecided(start, end)
        first = bisect_right(table.ends, start)
        past = bisect_right(table.starts, end)
        cut = (
            (max(start, table.starts[index]), min(end, table.ends[index]))
            for index in range(first, past)
        )
        return tuple((Instant(opens), Instant(closes)) for opens, closes in cut if opens < closes)

    def open_ms_on(self, day: date) -> Milliseconds:
        """Open time between the two midnights of `day`; the days of a month add up to it.

        The part of an overnight window after midnight is on the next day here, although the
        day on which it starts decides whether it exists.
        """
        zone = self.hours.zone
        return self.elapsed(wall_instant(day, 0, zone), wall_instant(day, MINUTES_PER_DAY, zone))

    def _table_for(self, start: Instant, end: Instant) -> OpenTable:
        """The table, grown until it holds both instants."""
        table = self._table
        if end < start:
            raise EndBeforeStart(start=self._text(start), end=self._text(end))
        if table.start <= start and end <= table.end:
            return table
        first = min(table.first_day, self._day_in_reach(start))
        last = max(table.last_day, self._day_in_reach(end))
        return self._grown(table, first, last)

    def _day_in_reach(self, at: Instant) -> date:
        try:
            day = local_day(at, self.hours.zone)
        except OverflowError:
            day = date.max
        if not self._earliest <= day <= self._latest:
            raise InstantOutOfReach(
                at=self._text(at),
                first_day=self.first_day.isoformat(),
                last_day=self.last_day.isoformat(),
                years=REACH_YEARS,
            )
        return day

    def _grown(self, table: OpenTable, first_day: date, last_day: date) -> OpenTable:
        """A larger table, kept for the next question.

        It grows by at least half its length, or a run of later and later questions would
        work out all days again for each of them. One assignment replaces the old table, so
        threads may share a grid.
        """
        extra = max(_GROWTH_DAYS, (table.last_day - table.first_day).days // 2)
        if first_day < table.first_day:
            first_day = max(self._earliest, _moved(first_day, -extra))
        if last_day > table.last_day:
            last_day = min(self._latest, _moved(last_day, extra))
        self._table = grown = open_table(self.hours, self.calendar, first_day, last_day)
        return grown

    def _text(self, at: Instant) -> str:
        try:
            return iso_text(at, self.hours.zone)
        except OverflowError:
            return f"{at} ms"


def _moved(day: date, days: int) -> date:
    """`day` moved, but kept a week inside what a date can be."""
    inside = min(max(day.toordinal() + days, 7), date.max.toordinal() - 7)
    return date.fromordinal(inside)
