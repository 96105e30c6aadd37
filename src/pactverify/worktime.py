"""Instants (UTC ms since 1970), working days, service windows, intervals (recheck.md, 3)."""

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pactverify.canonical import LARGEST, Refused, Unusable

Interval = tuple[int, int]  # instants [start, end)
ONE_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WORKED = {(True, "ordinary"), (True, "make_up"), (False, "make_up")}
SATURDAY, _DAY_MINUTES = 5, 1440
_MOST_DAYS = 4000  # that one interval may span: more is a slip, and would take for ever
_WINDOW = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]|24(?=:00)):([0-5]\d)", re.ASCII)


def zone_named(name: str) -> ZoneInfo:
    """The IANA zone; without the zone database nothing can be checked."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise Unusable("zone_unknown", zone=name[:60]) from None


def local_day(at: int, zone: ZoneInfo) -> date:
    """The calendar day of `at` in `zone`."""
    return _local(at, zone).date()


def wall_instant(day: date, minute: int, zone: ZoneInfo) -> int:
    """When the clock of `zone` first shows `minute` minutes after the midnight of `day`.

    A time that occurs twice counts from its first occurrence; one that is skipped is the
    instant of the jump.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    first, second = (
        (wall.replace(tzinfo=zone, fold=fold) - _EPOCH) // _MILLISECOND for fold in (0, 1)
    )
    if first <= second:
        return first
    between = range(second, first)  # somewhere in it the clock jumps over `wall`
    return second + bisect_left(between, wall, key=lambda at: _local(at, zone).replace(tzinfo=None))


def _local(at: int, zone: ZoneInfo) -> datetime:
    return (_EPOCH + at * _MILLISECOND).astimezone(zone)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or that month's last."""
    month = day.year * 12 + day.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Days:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=n) for n in range(self.count))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @classmethod
    def named(cls, first: str, last: str) -> "Days":
        """Such as "2026-10-01", "2026-10-31"."""
        return cls(date.fromisoformat(first), date.fromisoformat(last))

    @property
    def count(self) -> int:
        """How many; 0 where the last lies before the first."""
        return max(0, (self.last - self.first).days + 1)

    @property
    def month(self) -> "Days":
        """The calendar month of the first day."""
        first = self.first.replace(day=1)
        return Days(first, months_after(first, 1) - ONE_DAY)

    def shared(self, other: "Days") -> "Days":
        """The days that both have."""
        return Days(max(self.first, other.first), min(self.last, other.last))

    def instants(self, zone: ZoneInfo) -> Interval:
        """From the local midnight of the first to that after the last."""
        return wall_instant(self.first, 0, zone), wall_instant(self.last + ONE_DAY, 0, zone)

    def __str__(self) -> str:
        return f"{self.first}|{self.last}"


class WorkCalendar:
    """Holidays and make-up days of the published years; a later year overrules an earlier."""

    def __init__(self, plain: Any) -> None:
        self._published: set[int] = set()
        self._kinds: dict[date, str] = {}
        years = [year["year"] for year in plain["years"]]
        if set(plain) != {"version", "years"} or len(set(years)) != len(years):
            raise ValueError("calendar")
        for year in sorted(plain["years"], key=lambda each: int(each["year"])):
            named = (("holidays", "holiday"), ("make_up_days", "make_up"))
            days = {date.fromisoformat(day): kind for name, kind in named for day in year[name]}
            if year["status"] == "published":
                self._published.add(year["year"])
                self._kinds |= days

    def kind_of(self, day: date) -> str:
        """holiday, make_up or ordinary; refused when its year is not published."""
        if day.year not in self._published:
            raise Refused("calendar_unpublished", day=day.isoformat(), year=day.year)
        return self._kinds.get(day, "ordinary")

    def works(self, day: date) -> bool:
        """Whether it is a working day: Monday to Friday and no holiday, or made up."""
        return (day.weekday() < SATURDAY, self.kind_of(day)) in _WORKED

    def working_days(self, days: Days) -> int:
        """How many of the days are working days."""
        return sum(map(self.works, days))

    def on_or_after(self, day: date) -> date:
        """The first working day from `day` on."""
        while not self.works(day):
            day += ONE_DAY
        return day

    def working_days_after(self, day: date, working_days: int) -> date:
        """The n-th working day after `day`."""
        for _ in range(working_days):
            day = self.on_or_after(day + ONE_DAY)
        return day


class ServiceTime:
    """When the service is open, by the clause `service_hours`."""

    def __init__(self, clause: Any, zone: ZoneInfo, calendar: WorkCalendar) -> None:
        self.zone, self._calendar = zone, calendar
        week: dict[str, list[Interval]] = {day: [] for day in _WEEKDAYS}
        for rule in clause["week"]:
            for day in rule["days"]:
                week[day] += [minutes_of(text) for text in rule["windows"]]
        self._week = [sorted(week[day]) for day in _WEEKDAYS]
        self._on_holidays = {"closed": False, "as_week": True}[clause["on_holidays"]]
        self._as_workday = {"as_workday": True, "as_week": False}[clause["on_make_up_days"]]
        self._days: dict[date, list[Interval]] = {}

    def open_between(self, start: int, end: int) -> list[Interval]:
        """The open intervals inside [start, end)."""
        if end <= start:
            return []
        day, last = local_day(start, self.zone), local_day(end - 1, self.zone)
        if (last - day).days > _MOST_DAYS:
            raise ValueError(f"{start} … {end}")
        found: list[Interval] = []
        before = self._by_kind(day - ONE_DAY).values()
        if any(close > _DAY_MINUTES for windows in before for _, close in windows):
            found += self._on(day - ONE_DAY)
        while day <= last:
            found += self._on(day)
            day += ONE_DAY
        return common(union(found), [(start, end)])

    def _on(self, day: date) -> list[Interval]:
        """The intervals that start on a day; its calendar is asked only if it would matter."""
        if day not in self._days:
            by_kind = self._by_kind(day)
            windows = by_kind["ordinary"]
            if any(each != windows for each in by_kind.values()):
                windows = by_kind[self._calendar.kind_of(day)]
            self._days[day] = [window_on(day, window, self.zone) for window in windows]
        return self._days[day]

    def _by_kind(self, day: date) -> dict[str, list[Interval]]:
        ordinary = self._week[day.weekday()]
        by_kind = {"ordinary": ordinary, "holiday": ordinary if self._on_holidays else []}
        if day.weekday() >= SATURDAY:
            by_kind["make_up"] = self._week[0] if self._as_workday else ordinary
        return by_kind


def window_on(day: date, window: Interval, zone: ZoneInfo) -> Interval:
    """The instants of a window that begins on a day."""
    return wall_instant(day, window[0], zone), wall_instant(day, window[1], zone)


def minutes_of(text: str) -> Interval:
    """Minutes after midnight; an end at or before the start is on the next day."""
    found = _WINDOW.fullmatch(text)
    if not found:
        raise ValueError(text)
    start, end = (int(found[at]) * 60 + int(found[at + 1]) for at in (1, 3))
    return (start, end if end > start else end + _DAY_MINUTES)


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time, sorted and without overlap."""
    joined: list[Interval] = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return joined


def common(one: list[Interval], other: list[Interval]) -> list[Interval]:
    """The time in both; each is sorted and without overlap."""
    found: list[Interval] = []
    for start, end in one:
        at = max(bisect_right(other, (start, start)) - 1, 0)
        while at < len(other) and other[at][0] < end:
            found.append((max(start, other[at][0]), min(end, other[at][1])))
            at += 1
    return [(start, end) for start, end in found if start < end]


def without(one: list[Interval], other: list[Interval]) -> list[Interval]:
    """The time in `one` and not in `other`; each is sorted and without overlap."""
    edges = [-LARGEST, *(at for interval in other for at in interval), LARGEST]
    return common(one, list(zip(edges[::2], edges[1::2], strict=True)))


def length(intervals: Iterable[Interval]) -> int:
    """Milliseconds in all."""
    return sum(end - start for start, end in intervals)
