"""Service hours: which windows of which day are open, by weekday, holiday and exception."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Literal, Self
from zoneinfo import ZoneInfo

from pactdesk.core.units.errors import PactError
from pactdesk.core.worktime.calendars import DayKind, WorkCalendar

MINUTES_PER_DAY = 1440
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_SATURDAY = 5
_WINDOW = re.compile(r"(\d{1,2}):([0-5]\d)\s*[-–—~～至]\s*(\d{1,2}):([0-5]\d)\Z")


class WindowImpossible(PactError):
    """A window (`window`) ends before it starts, starts on another day, or exceeds 48:00."""


class WindowUnreadable(PactError):
    """`text` is not a window such as 09:00-18:00."""


class WindowsOverlap(PactError):
    """On `day` (a weekday or a date) the windows `one` and `other` overlap."""


class WeekIncomplete(PactError):
    """Service hours name `days` weekdays instead of seven, Monday to Sunday."""


class WeekdayUnknown(PactError):
    """Make-up days shall have the hours of weekday number `weekday`; 0 is Monday, 6 Sunday."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Open from `start_minute` (included) to `end_minute` (excluded) of one day.

    end_minute  up to 2880; past 1440 the window runs on into the next day and still belongs
                to the day on which it starts

    >>> str(Window.written("22:00-06:00")), str(Window.written("0:00-24:00"))
    ('22:00-30:00', '00:00-24:00')
    """

    start_minute: int
    end_minute: int

    def __post_init__(self) -> None:
        starts_today = 0 <= self.start_minute < MINUTES_PER_DAY
        if not (starts_today and self.start_minute < self.end_minute <= 2 * MINUTES_PER_DAY):
            raise WindowImpossible(window=str(self))

    @classmethod
    def written(cls, text: str) -> Self:
        """The window as people write it; an end at or before its start is on the next day."""
        found = _WINDOW.match(text.strip())
        if not found:
            raise WindowUnreadable(text=text)
        start, end = (int(found[at]) * 60 + int(found[at + 1]) for at in (1, 3))
        return cls(start, end if end > start else end + MINUTES_PER_DAY)

    def __str__(self) -> str:
        return f"{_clock(self.start_minute)}-{_clock(self.end_minute)}"


Windows = tuple[Window, ...]
OnHolidays = Literal["closed", "as_week"] | Windows
OnMakeUpDays = Literal["as_week", "as_weekday"]

ALL_DAY = Window(0, MINUTES_PER_DAY)


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """When the service is open, in the contract's words.

    week             the windows of Monday to Sunday, in local time; () is closed
    on_holidays      "closed", "as_week" (as if it were no holiday), or windows of its own
    on_make_up_days  "as_week" (a Saturday worked for 国庆 is still a Saturday) or
                     "as_weekday" (it has the windows of the weekday `make_up_as`)
    make_up_as       0 for Monday; the notices do not say which weekday is made up
    exceptions       dated windows that overrule everything; () closes the day
    raises           WindowsOverlap, WeekIncomplete, WeekdayUnknown

    Where an overnight window of a holiday, make-up day or exception meets windows of the
    next day, the desk is simply open: the time counts once.
    """

    zone: ZoneInfo
    week: tuple[Windows, ...]
    on_holidays: OnHolidays = "closed"
    on_make_up_days: OnMakeUpDays = "as_weekday"
    make_up_as: int = 0
    exceptions: Mapping[date, Windows] = field(default_factory=dict, hash=False)
    _by_kind: tuple[Mapping[DayKind, Windows], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.week) != len(WEEKDAYS):
            raise WeekIncomplete(days=len(self.week))
        if not 0 <= self.make_up_as < len(WEEKDAYS):
            raise WeekdayUnknown(weekday=self.make_up_as)
        named = zip(WEEKDAYS, self.week, strict=True)
        set_once = object.__setattr__
        set_once(self, "week", tuple(_in_order(name, windows) for name, windows in named))
        if not isinstance(self.on_holidays, str):
            set_once(self, "on_holidays", _in_order("holiday", self.on_holidays))
        dated = {
            day: _in_order(day.isoformat(), self.exceptions[day]) for day in sorted(self.exceptions)
        }
        set_once(self, "exceptions", dated)
        _refuse_overlap_by_night(self.week)
        set_once(self, "_by_kind", tuple(self._windows_by_kind(each) for each in range(7)))

    def windows_on(self, day: date, calendar: WorkCalendar) -> Windows:
        """The windows that start on `day`, in order; the calendar is asked only if it matters.

        raises  CalendarNotPublished
        """
        dated = self.exceptions.get(day)
        if dated is not None:
            return dated
        by_kind = self._by_kind[day.weekday()]
        if len(by_kind) == 1:
            return by_kind[DayKind.ORDINARY]
        return by_kind[calendar.kind_of(day)]

    def possible_windows_on(self, day: date) -> Windows:
        """Every window that `day` may turn out to have, whatever its calendar will say."""
        dated = self.exceptions.get(day)
        if dated is not None:
            return dated
        return tuple(
            window for windows in self._by_kind[day.weekday()].values() for window in windows
        )

    @property
    def needs_calendar(self) -> bool:
        """Whether a holiday or make-up day changes anything; for 7×24 it does not."""
        return any(len(by_kind) > 1 for by_kind in self._by_kind)

    def _windows_by_kind(self, weekday: int) -> dict[DayKind, Windows]:
        """Day kind → windows; only `ORDINARY` when all kinds have the same."""
        ordinary = self.week[weekday]
        by_kind = {DayKind.ORDINARY: ordinary, DayKind.HOLIDAY: self._on_holiday(ordinary)}
        if weekday >= _SATURDAY:  # a calendar has no make-up day from Monday to Friday
            worked = self.on_make_up_days == "as_weekday"
            by_kind[DayKind.MAKE_UP] = self.week[self.make_up_as] if worked else ordinary
        if all(windows == ordinary for windows in by_kind.values()):
            return {DayKind.ORDINARY: ordinary}
        return by_kind

    def _on_holiday(self, ordinary: Windows) -> Windows:
        if self.on_holidays == "closed":
            return ()
        if self.on_holidays == "as_week":
            return ordinary
        return self.on_holidays


def always_open(zone: ZoneInfo) -> ServiceHours:
    """7×24: every hour of every day, holidays included; needs no calendar."""
    return ServiceHours(
        zone=zone, week=((ALL_DAY,),) * 7, on_holidays="as_week", on_make_up_days="as_week"
    )


def _in_order(day: str, windows: Iterable[Window]) -> Windows:
    ordered = tuple(sorted(windows))
    for one, other in pairwise(ordered):
        if other.start_minute < one.end_minute:
            raise WindowsOverlap(day=day, one=str(one), other=str(other))
    return ordered


def _refuse_overlap_by_night(week: tuple[Windows, ...]) -> None:
    for weekday, windows in enumerate(week):
        following = week[(weekday + 1) % 7]
        if not windows or not following:
            continue
        last, first = windows[-1], following[0]
        if last.end_minute - MINUTES_PER_DAY > first.start_minute:
            raise WindowsOverlap(day=WEEKDAYS[weekday], one=str(last), other=str(first))


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
