"""Working days: counted from the notice, refused where there is none."""

from __future__ import annotations

import json
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.worktime.calendars import (
    CalendarDayMisplaced,
    CalendarNotPublished,
    CalendarUnreadable,
    CalendarYear,
    CalendarYearTwice,
    HolidayAlsoMadeUp,
    MakeUpDayOrdinary,
    WorkCalendar,
)

published_days = st.dates(date(2024, 1, 1), date(2026, 12, 31))

STRETCHES = {  # first and last day off, as the three notices put it
    "2024": "01-01/01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-10/06-10 09-15/09-17 10-01/10-07",
    "2025": "01-01/01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08",
    "2026": "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07",
}
WORKED = {  # the Saturdays and Sundays worked for them
    "2024": "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    "2025": "01-26 02-08 04-27 09-28 10-11",
    "2026": "01-04 02-14 02-28 05-09 09-20 10-10",
}


@pytest.mark.requirement("A43", "E5")
@pytest.mark.parametrize("year", STRETCHES)
def test_the_year_has_the_days_off_and_days_worked_of_its_notice(
    china: WorkCalendar, year: str
) -> None:
    stored = next(each for each in china.years if str(each.year) == year)
    assert set(stored.holidays) == {
        day for stretch in STRETCHES[year].split() for day in days_of(year, *stretch.split("/"))
    }
    assert set(stored.make_up_days) == {
        date.fromisoformat(f"{year}-{day}") for day in WORKED[year].split()
    }
    assert f"关于{year}年部分节假日安排的通知" in stored.source


def days_of(year: str, first: str, last: str) -> list[date]:
    day, end = (date.fromisoformat(f"{year}-{each}") for each in (first, last))
    return [day + timedelta(days=n) for n in range((end - day).days + 1)]


@pytest.mark.requirement("A43", "E5")
@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_agrees_with_a_calendar_made_by_others(china: WorkCalendar, year: int) -> None:
    for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days):
        day = date(year, 1, 1) + timedelta(days=n)
        assert china.is_working_day(day) == chinese_calendar.is_workday(day), day
        # Sundays and Saturdays outside a stretch are days off there, but no holiday here.
        named = day in chinese_calendar.holidays
        assert (china.holiday_name(day) is not None) == named, day


@pytest.mark.requirement("A43")
@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-09-30", True),
        ("2026-10-01", False),
        ("2026-10-03", False),  # a Saturday inside the stretch
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-10-10", True),  # the Saturday worked for it
        ("2026-10-11", False),
        ("2026-10-17", False),
        ("2026-09-20", True),  # the Sunday worked for it, before
    ],
)
def test_around_national_day_the_notice_decides_who_works(
    china: WorkCalendar, day: str, works: bool
) -> None:
    assert china.is_working_day(date.fromisoformat(day)) is works


@pytest.mark.requirement("A43")
@pytest.mark.parametrize(
    ("signed_on", "working_days", "last_day"),
    [
        ("2026-09-30", 0, "2026-09-30"),
        ("2026-09-30", 1, "2026-10-08"),  # the whole stretch is skipped
        ("2026-09-30", 3, "2026-10-10"),  # 8, 9 and the Saturday worked
        ("2026-09-30", 4, "2026-10-12"),
        ("2026-09-30", 10, "2026-10-20"),
        ("2026-10-03", 1, "2026-10-08"),  # signed on a holiday
        ("2026-09-18", 1, "2026-09-20"),  # Friday to the Sunday worked
        ("2026-10-12", -1, "2026-10-10"),
        ("2026-10-12", -4, "2026-09-30"),
    ],
)
def test_within_n_working_days_ends_on(
    china: WorkCalendar, signed_on: str, working_days: int, last_day: str
) -> None:
    found = china.add_working_days(date.fromisoformat(signed_on), working_days)
    assert found == date.fromisoformat(last_day)


@pytest.mark.requirement("A43")
@pytest.mark.parametrize(
    ("ends_on", "moves_to"),
    [
        ("2026-09-30", "2026-09-30"),
        ("2026-10-01", "2026-10-08"),
        ("2026-10-10", "2026-10-10"),
        ("2026-10-11", "2026-10-12"),
        ("2026-02-14", "2026-02-14"),
        ("2026-02-15", "2026-02-24"),
    ],
)
def test_a_period_that_would_end_on_a_day_off_ends_on_the_next_working_day(
    china: WorkCalendar, ends_on: str, moves_to: str
) -> None:
    assert china.on_or_next_working_day(date.fromisoformat(ends_on)).isoformat() == moves_to


@given(published_days.filter(lambda day: day < date(2026, 11, 1)), st.integers(1, 30))
def test_adding_working_days_one_by_one_or_at_once_is_the_same(day: date, count: int) -> None:
    china = load_china()
    one_by_one = day
    for _ in range(count):
        one_by_one = china.next_working_day(one_by_one)
    assert china.add_working_days(day, count) == one_by_one


@given(published_days, st.integers(0, 20), st.booleans())
def test_the_days_passed_over_are_exactly_the_working_days_counted(
    day: date, count: int, back: bool
) -> None:
    china = load_china()
    try:
        end = china.add_working_days(day, -count if back else count)
    except CalendarNotPublished:
        return
    low, high = (end, day) if back else (day + timedelta(days=1), end + timedelta(days=1))
    passed = [low + timedelta(days=n) for n in range((high - low).days)]
    assert sum(china.is_working_day(each) for each in passed) == count


@pytest.mark.requirement("A43", "E5")
@pytest.mark.parametrize("day", ["2027-01-01", "2027-06-09", "2023-12-31"])
def test_a_year_without_a_notice_is_refused_and_named(china: WorkCalendar, day: str) -> None:
    with pytest.raises(CalendarNotPublished) as refused:
        china.is_working_day(date.fromisoformat(day))
    assert refused.value.facts == {"day": day, "year": int(day[:4])}


def test_a_count_that_runs_into_an_unpublished_year_is_refused_not_guessed(
    china: WorkCalendar,
) -> None:
    assert china.add_working_days(date(2026, 12, 30), 1) == date(2026, 12, 31)
    with pytest.raises(CalendarNotPublished):
        china.add_working_days(date(2026, 12, 30), 2)


def test_a_provisional_year_is_kept_but_never_counted_with(china: WorkCalendar) -> None:
    guess = CalendarYear(2027, "provisional", "an estimate", {date(2027, 1, 1): "元旦"}, {})
    planned = WorkCalendar("cn-2027-draft", (guess, *china.years))
    assert [each.year for each in planned.years] == [2024, 2025, 2026, 2027]
    assert not planned.is_published(2027)
    with pytest.raises(CalendarNotPublished):
        planned.holiday_name(date(2027, 1, 1))


def test_the_notice_of_a_year_may_still_change_the_december_before(china: WorkCalendar) -> None:
    assert china.is_working_day(date(2026, 12, 31))
    notice = CalendarYear(2027, "published", "a made-up notice", {date(2026, 12, 31): "元旦"}, {})
    assert not WorkCalendar("x", (*china.years, notice)).is_working_day(date(2026, 12, 31))


def test_contradictory_years_are_refused() -> None:
    saturday, monday = date(2026, 10, 10), date(2026, 10, 12)
    with pytest.raises(HolidayAlsoMadeUp):
        CalendarYear(2026, "published", "s", {saturday: "a"}, {saturday: "a"})
    with pytest.raises(MakeUpDayOrdinary):
        CalendarYear(2026, "published", "s", {}, {monday: "a"})
    with pytest.raises(CalendarDayMisplaced):
        CalendarYear(2025, "published", "s", {monday: "a"}, {})
    year = CalendarYear(2026, "published", "s", {}, {})
    with pytest.raises(CalendarYearTwice):
        WorkCalendar("x", (year, year))


def test_a_stored_calendar_is_read_back_the_same(china: WorkCalendar) -> None:
    stored = json.loads(json.dumps(china.canonical()))
    assert WorkCalendar.from_canonical(stored) == china
    assert hash(WorkCalendar.from_canonical(stored)) == hash(china)


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"version": "x", "years": [{"year": "soon"}]},
        {"version": "x", "years": [1]},
        {
            "version": "x",
            "years": [
                {"year": 1, "status": "maybe", "source": "", "holidays": {}, "make_up_days": {}}
            ],
        },
    ],
)
def test_a_stored_calendar_of_another_form_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(CalendarUnreadable):
        WorkCalendar.from_canonical(stored)
