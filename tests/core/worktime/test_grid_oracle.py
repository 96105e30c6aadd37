"""The grid against a clock that is watched minute by minute.

The oracle shares no code and no idea with the grid: it lets the minutes pass, remembers the
furthest time the wall clock has shown, and asks of each minute whether any window holds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.units.instants import Instant, Milliseconds
from pactdesk.core.worktime.calendars import CalendarNotPublished, CalendarYear, WorkCalendar
from pactdesk.core.worktime.grid import DayGrid
from pactdesk.core.worktime.hours import OnHolidays, ServiceHours, Window, Windows

MINUTE = 60_000
WATCHED_DAYS = 5

# A zone, and the third of the five days: where the clock is moved, or not.
PLACES = [
    ("Asia/Shanghai", date(2026, 10, 9)),
    ("Asia/Shanghai", date(1988, 4, 17)),
    ("Asia/Shanghai", date(1988, 9, 11)),
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),  # half an hour
    ("Africa/Cairo", date(2026, 4, 24)),  # at midnight
    ("America/Havana", date(2026, 11, 1)),  # back over midnight
    ("Asia/Kathmandu", date(2026, 6, 1)),  # +05:45
]


@dataclass(frozen=True)
class Desk:
    """Random service hours on a random calendar, and what the oracle needs of them."""

    hours: ServiceHours
    calendar: WorkCalendar
    first_day: date
    holidays: frozenset[date]
    make_up_days: frozenset[date]

    @property
    def grid(self) -> DayGrid:
        return DayGrid.build(self.hours, self.calendar, *self.span)

    @property
    def span(self) -> tuple[date, date]:
        return self.first_day, self.first_day + timedelta(days=WATCHED_DAYS - 1)

    @property
    def from_ms(self) -> int:
        """Where watching begins: a midnight in UTC, so that local days are cut anywhere."""
        first = datetime(self.first_day.year, self.first_day.month, self.first_day.day, tzinfo=UTC)
        return round(first.timestamp()) * 1000

    def windows(self, day: date) -> Windows:
        hours = self.hours
        if day in hours.exceptions:
            return hours.exceptions[day]
        if day in self.holidays and hours.on_holidays == "closed":
            return ()
        if day in self.holidays and hours.on_holidays != "as_week":
            return hours.on_holidays  # type: ignore[return-value]  # the two texts are excluded
        if day in self.make_up_days and hours.on_make_up_days == "as_weekday":
            return hours.week[hours.make_up_as]
        return hours.week[day.weekday()]

    def watch(self) -> list[bool]:
        """For each minute from `from_ms` on: is the service open?"""
        known: dict[date, tuple[Windows, Windows]] = {}
        open_minutes = []
        for today, clock in clock_shown(self.hours.zone, self.from_ms):
            if today not in known:
                known[today] = self.windows(today), self.windows(today - timedelta(days=1))
            of_today, of_yesterday = known[today]
            open_minutes.append(holds(of_today, clock) or holds(of_yesterday, clock + 1440))
        return open_minutes


def holds(windows: Windows, clock: int) -> bool:
    for window in windows:  # noqa: SIM110 - half the time of any(), and it is called a lot
        if window.start_minute <= clock < window.end_minute:
            return True
    return False


@cache
def clock_shown(zone: ZoneInfo, from_ms: int) -> list[tuple[date, int]]:
    """For each minute, the furthest day and minute that the wall clock has shown so far."""
    furthest = datetime.fromisoformat("0001-01-01")
    shown = []
    for minute in range(-2 * 1440, WATCHED_DAYS * 1440):
        moment = datetime.fromtimestamp(from_ms // 1000 + minute * 60, UTC)
        furthest = max(furthest, moment.astimezone(zone).replace(tzinfo=None))
        shown.append((furthest.date(), furthest.hour * 60 + furthest.minute))
    return shown[2 * 1440 :]


@st.composite
def daytimes(draw: st.DrawFn, earliest: int, latest: int) -> Windows:
    """Up to three windows of a day, some meeting, perhaps one into the next morning."""
    cuts = sorted(draw(st.sets(st.integers(earliest // 5, latest // 5), max_size=6)))
    pairs = [(cuts[n] * 5, cuts[n + 1] * 5) for n in range(len(cuts) - 1)]
    kept = [pair for pair in pairs if draw(st.booleans())]
    return tuple(Window(start, end) for start, end in kept if start < 1440)


@st.composite
def desks(draw: st.DrawFn) -> Desk:
    zone, around = draw(st.sampled_from(PLACES))
    first_day = around - timedelta(days=2)
    days = [first_day + timedelta(days=n) for n in range(-2, WATCHED_DAYS + 2)]
    some_days = st.frozensets(st.sampled_from(days), max_size=4)
    # Nothing in the week starts before 5:00 or lasts longer, so that no two nights overlap;
    # holidays and exceptions may.
    week = tuple(draw(daytimes(300, 1740)) for _ in range(7))
    if draw(st.integers(0, 9)) == 0:
        week = ((Window(0, 1440),),) * 7
    holidays = draw(some_days)
    worked = frozenset(day for day in draw(some_days) - holidays if day.weekday() >= 5)
    own: OnHolidays = draw(daytimes(0, 2800))
    # Long days, so that a night often runs into windows of the next day.
    long_days = [(), (Window(0, 1440),), (Window(600, 2880),), (Window(60, 90), Window(1200, 2000))]
    dated = st.sampled_from(long_days) | daytimes(0, 2800)
    hours = ServiceHours(
        zone=ZoneInfo(zone),
        week=week,
        on_holidays=draw(st.sampled_from(["closed", "as_week", own])),
        on_make_up_days=draw(st.sampled_from(["as_week", "as_weekday"])),
        make_up_as=draw(st.integers(0, 6)),
        exceptions=draw(st.dictionaries(st.sampled_from(days), dated, max_size=6)),
    )
    return Desk(hours, calendar_of(first_day, holidays, worked), first_day, holidays, worked)


def calendar_of(
    around: date, holidays: frozenset[date], make_up_days: frozenset[date]
) -> WorkCalendar:
    years = tuple(
        CalendarYear(
            year,
            "published",
            "drawn",
            {day: "off" for day in holidays if day.year == year},
            {day: "on" for day in make_up_days if day.year == year},
        )
        for year in range(around.year - 1, around.year + 2)
    )
    return WorkCalendar("drawn", years)


offsets = st.integers(0, WATCHED_DAYS * 1440 * MINUTE) | st.integers(0, WATCHED_DAYS * 1440).map(
    lambda minute: minute * MINUTE
)


@pytest.mark.requirement("B9", "E5")
@given(desks(), offsets, offsets)
def test_elapsed_time_is_what_a_watched_clock_counts(desk: Desk, one: int, other: int) -> None:
    start, end = sorted((one, other))
    counted = sum(
        min(end, (minute + 1) * MINUTE) - max(start, minute * MINUTE)
        for minute, is_open in enumerate(desk.watch())
        if is_open and minute * MINUTE < end and (minute + 1) * MINUTE > start
    )
    base = desk.from_ms
    assert desk.grid.elapsed(Instant(base + start), Instant(base + end)) == counted


@pytest.mark.requirement("B9", "E5")
@given(desks(), offsets, st.fractions(0, 1))
def test_a_deadline_is_where_a_watched_clock_has_counted_the_budget(
    desk: Desk, start: int, share: float
) -> None:
    open_minutes = desk.watch()
    stretches = [
        (max(start, minute * MINUTE), (minute + 1) * MINUTE)
        for minute, is_open in enumerate(open_minutes)
        if is_open and (minute + 1) * MINUTE > start
    ]
    available = sum(end - begin for begin, end in stretches)
    budget = left = int(available * share)
    due = start
    for begin, end in stretches:
        if left <= 0:
            break
        due = begin + min(left, end - begin)
        left -= min(left, end - begin)
    found = desk.grid.deadline(Instant(desk.from_ms + start), Milliseconds(budget))
    assert found == desk.from_ms + due


@given(desks(), st.lists(st.integers(0, WATCHED_DAYS * 1440 * MINUTE - 1), min_size=1, max_size=9))
def test_open_and_next_open_are_what_a_watched_clock_shows(desk: Desk, asked: list[int]) -> None:
    open_minutes, grid = desk.watch(), desk.grid
    for offset in asked:
        at = Instant(desk.from_ms + offset)
        assert grid.is_open(at) is open_minutes[offset // MINUTE]
        if True not in open_minutes[offset // MINUTE :]:
            continue
        opens = open_minutes.index(True, offset // MINUTE)
        assert grid.next_open(at) == desk.from_ms + max(offset, opens * MINUTE)


@given(desks(), offsets, offsets)
def test_open_stretches_are_apart_and_last_as_long_as_the_time_elapsed(
    desk: Desk, one: int, other: int
) -> None:
    start, end = (Instant(desk.from_ms + each) for each in sorted((one, other)))
    grid = desk.grid
    stretches = grid.open_between(start, end)
    assert sum(closes - opens for opens, closes in stretches) == grid.elapsed(start, end)
    bounds = [bound for stretch in stretches for bound in stretch]
    assert bounds == sorted(set(bounds))
    assert all(start <= bound <= end for bound in bounds)


@given(desks(), offsets, offsets, offsets)
def test_elapsed_time_adds_up_and_never_falls(desk: Desk, one: int, two: int, three: int) -> None:
    a, b, c = (Instant(desk.from_ms + each) for each in sorted((one, two, three)))
    grid = desk.grid
    assert grid.elapsed(a, b) + grid.elapsed(b, c) == grid.elapsed(a, c)
    assert 0 <= grid.elapsed(a, b) <= grid.elapsed(a, c) <= c - a


@given(desks(), offsets, st.integers(1, 40 * 3_600_000))
def test_the_deadline_is_the_first_instant_with_the_budget_elapsed(
    desk: Desk, offset: int, budget: int
) -> None:
    if not any(desk.hours.week):
        return
    start, grid = Instant(desk.from_ms + offset), desk.grid
    try:
        due = grid.deadline(start, Milliseconds(budget))
    except CalendarNotPublished:
        return  # a desk that hardly ever opens reaches the end of the drawn years
    assert grid.elapsed(start, due) == budget
    assert grid.elapsed(start, Instant(due - 1)) == budget - 1
    assert grid.is_open(Instant(due - 1))


@given(desks(), offsets, offsets, st.integers(0, WATCHED_DAYS - 1))
def test_growing_a_grid_changes_no_answer(desk: Desk, one: int, other: int, only: int) -> None:
    start, end = (Instant(desk.from_ms + each) for each in sorted((one, other)))
    day = desk.first_day + timedelta(days=only)
    small = DayGrid.build(desk.hours, desk.calendar, day, day)
    grid = desk.grid
    answers: list[Callable[[DayGrid], object]] = [
        lambda each: each.elapsed(start, end),
        lambda each: each.open_between(start, end),
        lambda each: each.deadline(start, each.elapsed(start, end)),
    ]
    for answer in answers:
        assert answer(small) == answer(grid)
        assert answer(DayGrid.build(desk.hours, desk.calendar, day, day)) == answer(grid)


@given(desks())
def test_the_days_add_up_to_the_whole(desk: Desk) -> None:
    grid = desk.grid
    first, last = desk.span
    zone = desk.hours.zone
    midnights = [
        Instant(round(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000))
        for day in (first, last + timedelta(days=1))
    ]
    days = [first + timedelta(days=n) for n in range(WATCHED_DAYS)]
    assert sum(grid.open_ms_on(day) for day in days) == grid.elapsed(*midnights)
