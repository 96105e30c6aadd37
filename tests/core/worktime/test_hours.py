"""Service hours as contracts put them, and the slips they may contain."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from pactdesk.core.worktime.calendars import NO_CALENDAR, CalendarNotPublished, WorkCalendar
from pactdesk.core.worktime.hours import (
    OnHolidays,
    OnMakeUpDays,
    ServiceHours,
    WeekdayUnknown,
    WeekIncomplete,
    Window,
    WindowImpossible,
    Windows,
    WindowsOverlap,
    WindowUnreadable,
    always_open,
)

ZONE = ZoneInfo("Asia/Shanghai")


def windows(*texts: str) -> Windows:
    return tuple(Window.written(text) for text in texts)


OFFICE = windows("9:00-12:00", "13:30-18:00")
WEEKEND = windows("10:00-16:00")
WEEK = (OFFICE,) * 5 + (WEEKEND, ())
A_HOLIDAY, A_MAKE_UP_DAY, A_SATURDAY = date(2026, 10, 1), date(2026, 10, 10), date(2026, 10, 17)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("09:00-18:00", (540, 1080)),
        ("9:00–18:30", (540, 1110)),
        ("9:00至12:00", (540, 720)),
        ("22:00-06:00", (1320, 1800)),
        ("22:00-30:00", (1320, 1800)),
        ("00:00-24:00", (0, 1440)),
        ("8:00-8:00", (480, 1920)),
    ],
)
def test_a_window_is_read_as_people_write_it(text: str, minutes: tuple[int, int]) -> None:
    assert Window.written(text) == Window(*minutes)
    assert Window.written(str(Window(*minutes))) == Window(*minutes)


@pytest.mark.parametrize("text", ["", "9-18", "09:60-10:00", "all day"])
def test_an_unreadable_window_is_refused(text: str) -> None:
    with pytest.raises(WindowUnreadable):
        Window.written(text)


@pytest.mark.parametrize("minutes", [(600, 600), (600, 500), (-1, 60), (1440, 1500), (0, 2881)])
def test_a_window_starts_within_its_day_and_ends_later(minutes: tuple[int, int]) -> None:
    with pytest.raises(WindowImpossible):
        Window(*minutes)


@pytest.mark.requirement("B9")
@pytest.mark.parametrize(
    ("on_holidays", "expected"),
    [("closed", ()), ("as_week", OFFICE), (windows("10:00-14:00"), windows("10:00-14:00"))],
)
def test_on_a_holiday_the_contract_decides(
    china: WorkCalendar, on_holidays: OnHolidays, expected: Windows
) -> None:
    hours = ServiceHours(zone=ZONE, week=WEEK, on_holidays=on_holidays)
    assert hours.windows_on(A_HOLIDAY, china) == expected


@pytest.mark.requirement("B9")
@pytest.mark.parametrize(
    ("on_make_up_days", "expected"), [("as_week", WEEKEND), ("as_weekday", OFFICE)]
)
def test_on_a_make_up_saturday_the_contract_decides(
    china: WorkCalendar, on_make_up_days: OnMakeUpDays, expected: Windows
) -> None:
    hours = ServiceHours(zone=ZONE, week=WEEK, on_make_up_days=on_make_up_days)
    assert hours.windows_on(A_MAKE_UP_DAY, china) == expected
    assert hours.windows_on(A_SATURDAY, china) == WEEKEND


def test_a_make_up_day_takes_the_hours_of_the_weekday_that_the_contract_names(
    china: WorkCalendar,
) -> None:
    short_friday = (OFFICE,) * 4 + (windows("9:00-12:00"), (), ())
    hours = ServiceHours(zone=ZONE, week=short_friday, make_up_as=4)
    assert hours.windows_on(A_MAKE_UP_DAY, china) == windows("9:00-12:00")


def test_a_dated_exception_overrules_weekday_holiday_and_make_up_day_both_ways(
    china: WorkCalendar,
) -> None:
    late = windows("20:00-23:00")
    hours = ServiceHours(
        zone=ZONE,
        week=WEEK,
        exceptions={A_HOLIDAY: late, A_MAKE_UP_DAY: (), date(2026, 10, 14): (), A_SATURDAY: late},
    )
    assert hours.windows_on(A_HOLIDAY, china) == late
    assert hours.windows_on(A_MAKE_UP_DAY, china) == ()
    assert hours.windows_on(date(2026, 10, 14), china) == ()
    assert hours.windows_on(A_SATURDAY, china) == late


def test_the_calendar_is_asked_only_where_it_matters() -> None:
    assert always_open(ZONE).windows_on(date(2030, 1, 1), NO_CALENDAR) == (Window(0, 1440),)
    hours = ServiceHours(zone=ZONE, week=WEEK, exceptions={date(2030, 1, 1): ()})
    assert hours.windows_on(date(2030, 1, 1), NO_CALENDAR) == ()
    with pytest.raises(CalendarNotPublished):
        hours.windows_on(date(2030, 1, 2), NO_CALENDAR)


@pytest.mark.requirement("E5")
@pytest.mark.parametrize(
    ("hours", "needs"),
    [
        (always_open(ZONE), False),
        (ServiceHours(zone=ZONE, week=WEEK), True),
        (ServiceHours(ZONE, WEEK, on_holidays="as_week", on_make_up_days="as_week"), False),
        (ServiceHours(ZONE, WEEK, on_holidays="as_week"), True),
        (ServiceHours(ZONE, (OFFICE,) * 7, on_holidays=OFFICE), False),
        (ServiceHours(ZONE, (OFFICE,) * 7, on_holidays="closed"), True),
    ],
)
def test_a_calendar_is_needed_only_when_a_holiday_or_make_up_day_changes_the_hours(
    hours: ServiceHours, needs: bool
) -> None:
    assert hours.needs_calendar is needs


@pytest.mark.parametrize(
    ("week", "day"),
    [
        ((windows("9:00-12:00", "11:00-15:00"), *((),) * 6), "monday"),
        ((windows("22:00-06:00"), windows("5:59-7:00"), *((),) * 5), "monday"),
        ((windows("1:00-7:00"), *((),) * 5, windows("22:00-02:00")), "sunday"),
    ],
)
def test_overlapping_windows_are_refused_even_across_midnight_and_the_week(
    week: tuple[Windows, ...], day: str
) -> None:
    with pytest.raises(WindowsOverlap) as refused:
        ServiceHours(zone=ZONE, week=week)
    assert refused.value.facts["day"] == day


def test_overlapping_windows_of_a_date_name_the_date() -> None:
    with pytest.raises(WindowsOverlap) as refused:
        ServiceHours(ZONE, WEEK, exceptions={A_HOLIDAY: windows("9:00-12:00", "10:00-11:00")})
    assert refused.value.facts == {
        "day": "2026-10-01",
        "one": "09:00-12:00",
        "other": "10:00-11:00",
    }


def test_windows_may_meet_and_their_order_does_not_matter() -> None:
    nights = (windows("12:00-18:00", "22:00-06:00", "6:00-12:00"),) * 7
    hours = ServiceHours(zone=ZONE, week=nights)
    assert hours.week[0] == windows("6:00-12:00", "12:00-18:00", "22:00-06:00")
    assert hours == ServiceHours(zone=ZONE, week=(hours.week[0],) * 7)


def test_a_week_has_seven_days() -> None:
    with pytest.raises(WeekIncomplete):
        ServiceHours(zone=ZONE, week=(OFFICE,) * 5)
    with pytest.raises(WeekdayUnknown):
        ServiceHours(zone=ZONE, week=WEEK, make_up_as=7)
