"""Working days: Monday to Friday, less the holidays, plus the make-up days (调休).

A calendar is a dated value that is passed in. A year that nobody has published is refused,
never guessed: which Saturdays become working days is known only from the year's own notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, Literal, Self, get_args

from pactdesk.core.units.errors import PactError

YearStatus = Literal["published", "provisional"]

_SATURDAY = 5
_DECEMBER = 12
_ONE_DAY = timedelta(days=1)


class CalendarNotPublished(PactError):
    """`day` has to be known, and the calendar of its `year` is not published."""

    day: str
    year: int


class CalendarYearTwice(PactError):
    """The calendar `version` holds `year` more than once."""


class CalendarDayMisplaced(PactError):
    """The calendar of `year` names `day`, which is neither in it nor in the December before."""


class HolidayAlsoMadeUp(PactError):
    """The calendar of `year` calls `day` both a holiday and a make-up day."""


class MakeUpDayOrdinary(PactError):
    """The calendar of `year` calls `day` a make-up day, but it is no Saturday or Sunday."""


class CalendarUnreadable(PactError):
    """A stored calendar (`version`) does not have the form that `canonical` gives (`problem`)."""


class DayKind(StrEnum):
    """What the calendar says about a day; `ORDINARY` days follow the weekday."""

    ORDINARY = "ordinary"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """What one published notice says.

    status        a provisional year is kept for planning and is never counted with
    source        the notice, by its name and number
    holidays      every day off that the notice names, weekends inside a stretch included
    make_up_days  Saturdays and Sundays on which people work, with the holiday they make up

    The notice of a year may still change the December before it: the days off around New Year
    2019 were partly in 2018, as was the Saturday worked for them.
    """

    year: int
    status: YearStatus
    source: str
    holidays: Mapping[date, str] = field(hash=False)
    make_up_days: Mapping[date, str] = field(hash=False)

    def __post_init__(self) -> None:
        for day in (*self.holidays, *self.make_up_days):
            if day.year != self.year and (day.year, day.month) != (self.year - 1, _DECEMBER):
                raise CalendarDayMisplaced(year=self.year, day=day.isoformat())
        for day in self.make_up_days:
            if day in self.holidays:
                raise HolidayAlsoMadeUp(year=self.year, day=day.isoformat())
            if day.weekday() < _SATURDAY:
                raise MakeUpDayOrdinary(year=self.year, day=day.isoformat())


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The years a contract counts with, as one version that a statement can pin.

    A later year's notice overrules an earlier one on the days that both name.
    """

    version: str
    years: tuple[CalendarYear, ...]
    _published: frozenset[int] = field(init=False, repr=False, compare=False)
    _named: Mapping[date, tuple[DayKind, str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.years, key=lambda each: each.year))
        for one, other in pairwise(ordered):
            if one.year == other.year:
                raise CalendarYearTwice(version=self.version, year=one.year)
        published = [each for each in ordered if each.status == "published"]
        named: dict[date, tuple[DayKind, str]] = {}
        for each in published:
            named |= {day: (DayKind.HOLIDAY, name) for day, name in each.holidays.items()}
            named |= {day: (DayKind.MAKE_UP, name) for day, name in each.make_up_days.items()}
        object.__setattr__(self, "years", ordered)
        object.__setattr__(self, "_published", frozenset(each.year for each in published))
        object.__setattr__(self, "_named", named)

    def is_published(self, year: int) -> bool:
        """Whether the days of `year` may be counted."""
        return year in self._published

    def kind_of(self, day: date) -> DayKind:
        """Ordinary, holiday or make-up day.

        raises  CalendarNotPublished
        """
        if day.year not in self._published:
            raise CalendarNotPublished(day=day.isoformat(), year=day.year)
        return self._named.get(day, (DayKind.ORDINARY, ""))[0]

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is a 工作日.

        raises  CalendarNotPublished: also for a Wednesday or a Sunday, which the notice
                to come may turn into a day off or a day worked
        """
        kind = self.kind_of(day)
        return kind is DayKind.MAKE_UP or (kind is DayKind.ORDINARY and day.weekday() < _SATURDAY)

    def holiday_name(self, day: date) -> str | None:
        """The holiday that `day` belongs to; None for any other day, make-up days included."""
        if self.kind_of(day) is not DayKind.HOLIDAY:
            return None
        return self._named[day][1]

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return self.on_or_next_working_day(day + _ONE_DAY)

    def on_or_next_working_day(self, day: date) -> date:
        """Where a period that would end on `day` really ends.

        Source: 民法典 203: a period whose last day is a day off ends on the first day after
        it that is none.
        """
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def add_working_days(self, day: date, working_days: int) -> date:
        """The last day of a period of `working_days` working days that begins with `day`.

        Source: 民法典 201: the day on which the period begins is not counted. A negative
        number counts back ("at least 5 working days before"); zero is `day` itself.
        """
        step = _ONE_DAY if working_days > 0 else -_ONE_DAY
        remaining = abs(working_days)
        while remaining:
            day += step
            remaining -= self.is_working_day(day)
        return day

    def canonical(self) -> dict[str, Any]:
        """A JSON-able form in which equal calendars are equal; `from_canonical` reads it."""
        return {
            "version": self.version,
            "years": [
                {
                    "year": each.year,
                    "status": each.status,
                    "source": each.source,
                    "holidays": _dated_names(each.holidays),
                    "make_up_days": _dated_names(each.make_up_days),
                }
                for each in self.years
            ],
        }

    @classmethod
    def from_canonical(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of `canonical`.

        raises  CalendarUnreadable, and what a contradictory year raises
        """
        try:
            return cls(str(stored["version"]), tuple(_year(each) for each in stored["years"]))
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            version = stored.get("version", "?") if isinstance(stored, Mapping) else "?"
            raise CalendarUnreadable(version=version, problem=str(problem)) from problem


NO_CALENDAR = WorkCalendar("none", ())
"""No year at all: enough for service hours that no holiday changes."""


def _year(stored: Mapping[str, Any]) -> CalendarYear:
    status = stored["status"]
    if status not in get_args(YearStatus):
        raise ValueError(f"status: {status}")
    return CalendarYear(
        year=int(stored["year"]),
        status=status,
        source=str(stored["source"]),
        holidays=_named_dates(stored["holidays"]),
        make_up_days=_named_dates(stored["make_up_days"]),
    )


def _dated_names(days: Mapping[date, str]) -> dict[str, str]:
    return {day.isoformat(): days[day] for day in sorted(days)}


def _named_dates(stored: Mapping[str, str]) -> dict[date, str]:
    return {date.fromisoformat(day): str(name) for day, name in stored.items()}
