"""A run of days worked out: open stretches, their running total, and what is not yet known."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from pactdesk.core.units.instants import Instant
from pactdesk.core.worktime.calendars import CalendarNotPublished, WorkCalendar
from pactdesk.core.worktime.hours import MINUTES_PER_DAY, ServiceHours, Window, Windows
from pactdesk.core.worktime.wallclock import wall_instant

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OpenTable:
    """The open time of `first_day` to `last_day`, as arrays to search.

    start, end     from the midnight that begins `first_day` to the one that ends `last_day`
    starts, ends   open stretches, apart from each other and in order; the first may be empty
                   and begins at `start`, so that every instant has a stretch at or before it
    opened         open milliseconds from `start` to the end of each stretch
    undecided_*    stretches whose day is not published, and which day that is; they count
                   zero in `opened`, so whoever spans one must be refused
    """

    first_day: date
    last_day: date
    start: Instant
    end: Instant
    starts: list[int]
    ends: list[int]
    opened: list[int]
    undecided_starts: list[int]
    undecided_ends: list[int]
    undecided_days: list[date]

    def open_until(self, at: int) -> int:
        """Open milliseconds from `start` to `at`."""
        index = bisect_right(self.starts, at) - 1
        left = self.ends[index] - at
        return self.opened[index] - left if left > 0 else self.opened[index]

    def when_opened(self, total: int) -> int:
        """The first instant at which `total` open milliseconds have passed since `start`.

        total  more than zero, at most the last of `opened`
        """
        index = bisect_left(self.opened, total)
        return self.ends[index] - (self.opened[index] - total)

    def refuse_undecided(self, start: int, end: int) -> None:
        """Raise CalendarNotPublished if anything between the two instants is undecided."""
        index = bisect_right(self.undecided_ends, start)
        if start < end and index < len(self.undecided_ends) and self.undecided_starts[index] < end:
            day = self.undecided_days[index]
            raise CalendarNotPublished(day=day.isoformat(), year=day.year)


def open_table(
    hours: ServiceHours, calendar: WorkCalendar, first_day: date, last_day: date
) -> OpenTable:
    """Work out every day from `first_day` to `last_day`, both included.

    The day before is looked at too: its overnight window may run into the first morning.
    """
    start = wall_instant(first_day, 0, hours.zone)
    table = OpenTable(
        first_day=first_day,
        last_day=last_day,
        start=start,
        end=wall_instant(last_day, MINUTES_PER_DAY, hours.zone),
        starts=[start],
        ends=[start],
        opened=[0],
        undecided_starts=[],
        undecided_ends=[],
        undecided_days=[],
    )
    for offset in range(-1, (last_day - first_day).days + 1):
        day = first_day + offset * _ONE_DAY
        try:
            windows = hours.windows_on(day, calendar)
        except CalendarNotPublished:
            _add_undecided(table, hours, day)
        else:
            _add_open(table, hours, day, windows)
    return table


def _add_open(table: OpenTable, hours: ServiceHours, day: date, windows: Windows) -> None:
    for window in windows:
        known_until = table.ends[-1]
        start = max(wall_instant(day, window.start_minute, hours.zone), known_until)
        end = wall_instant(day, window.end_minute, hours.zone)
        if end <= start:
            continue  # in the night before, already open, or skipped by the clock
        total = table.opened[-1] + end - start
        if start == known_until:
            table.ends[-1], table.opened[-1] = end, total
        else:
            table.starts.append(start)
            table.ends.append(end)
            table.opened.append(total)


def _add_undecided(table: OpenTable, hours: ServiceHours, day: date) -> None:
    """From the first window the day may have to the last; outside it is closed in any case."""
    hull = _hull(hours.possible_windows_on(day))
    # Time that the night before keeps open is open whatever this day turns out to be.
    decided_until = max([table.ends[-1], *table.undecided_ends[-1:]])
    start = max(wall_instant(day, hull.start_minute, hours.zone), decided_until)
    end = wall_instant(day, hull.end_minute, hours.zone)
    if end > start:
        table.undecided_starts.append(start)
        table.undecided_ends.append(end)
        table.undecided_days.append(day)


def _hull(windows: Windows) -> Window:
    return Window(
        min(window.start_minute for window in windows),
        max(window.end_minute for window in windows),
    )
