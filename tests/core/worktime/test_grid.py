"""The day grid by example: 国庆 2026, nights, summer time, and years without a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant, Milliseconds, instant_at, iso_text
from pactdesk.core.worktime import calendars, grid, hours
from pactdesk.core.worktime.calendars import (
    NO_CALENDAR,
    CalendarNotPublished,
    CalendarYear,
    WorkCalendar,
)
from pactdesk.core.worktime.grid import (
    BudgetNegative,
    DayGrid,
    DeadlineOutOfReach,
    EndBeforeStart,
    InstantOutOfReach,
    ServiceNeverOpens,
)
from pactdesk.core.worktime.hours import ServiceHours, Window, always_open
from pactdesk.messages.catalogue import (
    LANGUAGES,
    Language,
    catalogue,
    has_text,
    placeholders,
    text,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = 3_600_000


def at(local: str) -> Instant:
    return instant_at(f"{local}+08:00")


def shown(instant: Instant) -> str:
    return iso_text(instant, SHANGHAI)[:16]


@pytest.fixture
def october(office_hours: ServiceHours, china: WorkCalendar) -> DayGrid:
    return DayGrid.build(office_hours, china, date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.requirement("B9", "E5")
@pytest.mark.parametrize(
    ("day", "hours_open"),
    [(day, 0.0) for day in (1, 2, 3, 4, 5, 6, 7, 11, 17, 18, 24, 25, 31)]
    + [(day, 7.5) for day in (8, 9, 10, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23)]
    + [(day, 7.5) for day in (26, 27, 28, 29, 30)],
)
def test_in_october_2026_the_holiday_is_closed_and_saturday_the_10th_is_worked(
    october: DayGrid, day: int, hours_open: float
) -> None:
    assert october.open_ms_on(date(2026, 10, day)) == hours_open * HOUR


@pytest.mark.requirement("B9")
@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-10-08T09:00", "2026-10-08T09:00", 0),
        ("2026-10-08T08:00", "2026-10-08T09:10", 10),  # before opening: counts from opening
        ("2026-10-08T11:50", "2026-10-08T13:40", 20),  # the lunch break is out
        ("2026-10-08T12:10", "2026-10-08T13:20", 0),
        ("2026-10-08T17:50", "2026-10-09T09:10", 20),
        ("2026-10-09T17:50", "2026-10-10T09:10", 20),  # Friday to the Saturday worked
        ("2026-10-10T17:50", "2026-10-12T09:10", 20),  # over the Sunday
        ("2026-09-30T17:50", "2026-10-08T09:10", 20),  # over the holiday, from before the grid
        ("2026-10-30T17:50", "2026-11-02T09:10", 20),  # into days after the grid
        ("2026-10-01T00:00", "2026-11-01T00:00", 18 * 450),
    ],
)
def test_only_open_time_counts(october: DayGrid, start: str, end: str, minutes: int) -> None:
    assert october.elapsed(at(start), at(end)) == minutes * 60_000


@pytest.mark.requirement("B9")
@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-10-08T08:00", 0, "2026-10-08T08:00"),  # no time at all: due at once
        ("2026-10-08T08:00", 1, "2026-10-08T09:01"),
        ("2026-10-08T09:00", 180, "2026-10-08T12:00"),  # exactly the morning: at its close
        ("2026-10-08T09:00", 181, "2026-10-08T13:31"),
        ("2026-09-30T17:30", 60, "2026-10-08T09:30"),
        ("2026-10-09T17:30", 60, "2026-10-10T09:30"),
        ("2026-10-10T17:30", 60, "2026-10-12T09:30"),
        ("2026-10-30T17:30", 60, "2026-11-02T09:30"),
    ],
)
def test_a_deadline_falls_within_open_time(
    october: DayGrid, start: str, minutes: int, due: str
) -> None:
    assert shown(october.deadline(at(start), Milliseconds(minutes * 60_000))) == due


def test_open_now_and_next(october: DayGrid) -> None:
    assert october.is_open(at("2026-10-08T09:00"))
    assert not october.is_open(at("2026-10-08T12:00"))
    assert shown(october.next_open(at("2026-10-08T10:17"))) == "2026-10-08T10:17"
    assert shown(october.next_open(at("2026-10-08T12:00"))) == "2026-10-08T13:30"
    assert shown(october.next_open(at("2026-09-30T18:00"))) == "2026-10-08T09:00"
    stretches = october.open_between(at("2026-10-08T11:00"), at("2026-10-09T10:00"))
    assert [(shown(opens), shown(closes)) for opens, closes in stretches] == [
        ("2026-10-08T11:00", "2026-10-08T12:00"),
        ("2026-10-08T13:30", "2026-10-08T18:00"),
        ("2026-10-09T09:00", "2026-10-09T10:00"),
    ]


@pytest.mark.requirement("B9")
def test_the_day_a_night_begins_on_decides_whether_it_is_worked(china: WorkCalendar) -> None:
    nights = ((Window.written("22:00-06:00"),),) * 5 + ((), ())
    night = DayGrid.build(
        ServiceHours(zone=SHANGHAI, week=nights), china, date(2026, 10, 1), date(2026, 10, 31)
    )
    assert night.is_open(at("2026-10-01T05:59"))  # of 30 September, although a holiday begins
    assert not night.is_open(at("2026-10-01T22:00"))
    assert not night.is_open(at("2026-10-08T05:00"))  # of 7 October, a holiday
    assert night.is_open(at("2026-10-11T05:00"))  # of the Saturday worked
    assert not night.is_open(at("2026-10-11T22:00"))
    assert night.open_ms_on(date(2026, 10, 1)) == 6 * HOUR


def test_an_exception_beside_a_night_is_counted_once(china: WorkCalendar) -> None:
    week = ((Window.written("22:00-06:00"),),) * 7
    all_day = {date(2026, 10, 13): (Window(0, 1440),)}
    desk = DayGrid.build(
        ServiceHours(zone=SHANGHAI, week=week, exceptions=all_day),
        china,
        date(2026, 10, 12),
        date(2026, 10, 14),
    )
    assert desk.open_ms_on(date(2026, 10, 13)) == 24 * HOUR
    assert desk.elapsed(at("2026-10-12T23:00"), at("2026-10-13T07:00")) == 8 * HOUR
    # The 13th has no night of its own then: the 14th is open from 22:00 only.
    assert desk.open_ms_on(date(2026, 10, 14)) == 2 * HOUR


@pytest.mark.parametrize(
    ("zone", "day", "hours_open"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("America/New_York", date(2026, 11, 1), 25),
        ("Asia/Shanghai", date(1988, 4, 17), 23),
        ("Asia/Shanghai", date(1988, 9, 11), 25),
        ("Asia/Shanghai", date(2026, 3, 29), 24),
        ("Africa/Cairo", date(2026, 4, 24), 23),
        ("Pacific/Apia", date(2011, 12, 30), 0),  # the day that Samoa left out
    ],
)
def test_when_clocks_are_moved_the_real_time_counts(zone: str, day: date, hours_open: int) -> None:
    desk = DayGrid.build(always_open(ZoneInfo(zone)), NO_CALENDAR, day, day)
    assert desk.open_ms_on(day) == hours_open * HOUR


@pytest.mark.parametrize(
    ("day", "window", "minutes"),
    [
        (date(2026, 3, 29), "01:00-02:30", 60),  # 2:30 is skipped: closed at the jump
        (date(2026, 3, 29), "02:15-02:45", 0),
        (date(2026, 3, 29), "02:30-04:00", 60),
        (date(2026, 10, 25), "01:00-02:30", 90),  # closes when 2:30 is first shown
        (date(2026, 10, 25), "02:30-04:00", 150),
    ],
)
def test_a_window_in_the_hour_that_is_moved(day: date, window: str, minutes: int) -> None:
    week = ((Window.written(window),),) * 7
    berlin = ServiceHours(
        ZoneInfo("Europe/Berlin"), week, on_holidays="as_week", on_make_up_days="as_week"
    )
    assert DayGrid.build(berlin, NO_CALENDAR, day, day).open_ms_on(day) == minutes * 60_000


@pytest.fixture
def december(office_hours: ServiceHours, china: WorkCalendar) -> DayGrid:
    return DayGrid.build(office_hours, china, date(2026, 12, 1), date(2026, 12, 31))


@pytest.mark.requirement("E5")
def test_a_month_beside_an_unpublished_year_is_counted_whole(december: DayGrid) -> None:
    whole = december.elapsed(at("2026-12-01T00:00"), at("2027-01-01T00:00"))
    assert whole == 23 * 7.5 * HOUR
    # Nothing can open before nine, so even the first morning is known that far.
    assert december.elapsed(at("2026-12-31T17:00"), at("2027-01-01T09:00")) == HOUR
    assert not december.is_open(at("2027-01-01T08:59"))
    assert shown(december.deadline(at("2026-12-31T17:00"), Milliseconds(HOUR))) == (
        "2026-12-31T18:00"
    )


@pytest.mark.requirement("E5")
@pytest.mark.parametrize(
    "question",
    [
        lambda grid: grid.elapsed(at("2026-12-31T17:00"), at("2027-01-01T09:01")),
        lambda grid: grid.elapsed(at("2027-02-01T10:00"), at("2027-02-01T10:01")),
        lambda grid: grid.deadline(at("2026-12-31T17:00"), Milliseconds(HOUR + 1)),
        lambda grid: grid.next_open(at("2026-12-31T18:00")),
        lambda grid: grid.is_open(at("2027-01-01T09:00")),
        lambda grid: grid.open_between(at("2026-12-31T17:00"), at("2027-01-02T00:00")),
        lambda grid: grid.open_ms_on(date(2027, 1, 1)),
    ],
)
def test_a_figure_that_needs_an_unpublished_day_is_refused_with_its_year(
    december: DayGrid, question: Callable[[DayGrid], object]
) -> None:
    with pytest.raises(CalendarNotPublished) as refused:
        question(december)
    assert refused.value.year == 2027
    assert text("labels", "worktime.provisional", "en", year=refused.value.year) == (
        "provisional: 2027 calendar not published"
    )


@pytest.mark.requirement("E5")
def test_an_unpublished_year_before_the_month_is_refused_only_where_it_matters(
    china: WorkCalendar,
) -> None:
    week = ((Window.written("22:00-06:00"),),) * 7
    night = DayGrid.build(
        ServiceHours(zone=SHANGHAI, week=week), china, date(2024, 1, 1), date(2024, 1, 31)
    )
    with pytest.raises(CalendarNotPublished) as refused:
        night.is_open(at("2024-01-01T05:00"))  # the night of 31 December 2023
    assert refused.value.facts == {"day": "2023-12-31", "year": 2023}
    assert not night.is_open(at("2024-01-01T06:00"))


def test_a_gap_between_published_years_is_refused_only_by_those_who_cross_it(
    office_hours: ServiceHours, china: WorkCalendar
) -> None:
    gap = WorkCalendar("gap", tuple(each for each in china.years if each.year != 2025))
    desk = DayGrid.build(office_hours, gap, date(2026, 10, 1), date(2026, 10, 31))
    assert desk.open_ms_on(date(2024, 10, 12)) == 7.5 * HOUR
    assert desk.open_ms_on(date(2026, 10, 10)) == 7.5 * HOUR
    with pytest.raises(CalendarNotPublished):
        desk.elapsed(at("2024-12-31T10:00"), at("2026-01-05T10:00"))


def test_hours_that_no_holiday_changes_need_no_calendar() -> None:
    desk = DayGrid.build(always_open(SHANGHAI), NO_CALENDAR, date(2027, 1, 1), date(2027, 1, 31))
    assert desk.elapsed(at("2027-01-01T00:00"), at("2028-01-01T00:00")) == 365 * 24 * HOUR


def test_an_agreed_exception_settles_an_unpublished_day(china: WorkCalendar) -> None:
    week = ((Window.written("9:00-18:00"),),) * 7
    hours = ServiceHours(zone=SHANGHAI, week=week, exceptions={date(2027, 1, 1): ()})
    desk = DayGrid.build(hours, china, date(2026, 12, 1), date(2026, 12, 31))
    assert desk.open_ms_on(date(2027, 1, 1)) == 0
    with pytest.raises(CalendarNotPublished):
        desk.open_ms_on(date(2027, 1, 2))


@pytest.mark.requirement("E5")
def test_what_the_last_night_of_a_published_year_keeps_open_is_known(china: WorkCalendar) -> None:
    early = ((Window.written("3:00-10:00"),),) * 7
    new_year_eve = {date(2026, 12, 31): (Window.written("20:00-06:00"),)}
    hours = ServiceHours(zone=SHANGHAI, week=early, exceptions=new_year_eve)
    desk = DayGrid.build(hours, china, date(2026, 12, 1), date(2026, 12, 31))
    assert desk.elapsed(at("2026-12-31T20:00"), at("2027-01-01T06:00")) == 10 * HOUR
    assert shown(desk.deadline(at("2026-12-31T20:00"), Milliseconds(10 * HOUR))) == (
        "2027-01-01T06:00"
    )
    with pytest.raises(CalendarNotPublished):
        desk.elapsed(at("2026-12-31T20:00"), at("2027-01-01T06:01"))


new_year_days = [date(2027, 1, 1) + timedelta(days=n) for n in range(7)]
windows = st.lists(
    st.sampled_from(["8:00-12:00", "9:00-12:00", "13:00-18:00", "20:00-02:00"]).map(Window.written),
    max_size=1,
).map(tuple)


@pytest.mark.requirement("E5")
@given(
    st.tuples(*[windows] * 7).filter(any),
    st.one_of(st.sampled_from(["closed", "as_week"]), windows),
    st.frozensets(st.sampled_from(new_year_days)),
    st.integers(0, 8 * 24 * 12),
    st.integers(0, 8 * 24 * 12),
)
def test_an_answer_given_before_the_notice_never_changes_with_it(
    week: tuple[hours.Windows, ...],
    on_holidays: hours.OnHolidays,
    holidays: frozenset[date],
    one: int,
    other: int,
) -> None:
    china = load_china()
    desk = ServiceHours(zone=SHANGHAI, week=week, on_holidays=on_holidays)
    off = dict.fromkeys(holidays, "off")
    worked = {day: "on" for day in new_year_days if day.weekday() >= 5 and day not in holidays}
    notice = CalendarYear(2027, "published", "drawn", off, worked)
    before = DayGrid.build(desk, china, date(2026, 12, 31), date(2026, 12, 31))
    after = DayGrid.build(
        desk, WorkCalendar("x", (*china.years, notice)), date(2026, 12, 30), date(2027, 1, 9)
    )
    base = at("2026-12-30T12:00")
    start, end = (Instant(base + each * 300_000) for each in sorted((one, other)))
    questions: list[Callable[[DayGrid], object]] = [
        lambda grid: grid.elapsed(start, end),
        lambda grid: grid.is_open(start),
        lambda grid: grid.open_between(start, end),
        lambda grid: grid.deadline(start, Milliseconds(one * 60_000)),
        lambda grid: grid.next_open(start),
    ]
    for question in questions:
        try:
            early = question(before)
        except CalendarNotPublished:
            continue
        assert early == question(after)


def test_questions_that_make_no_sense_are_refused(october: DayGrid, china: WorkCalendar) -> None:
    noon = at("2026-10-08T12:00")
    with pytest.raises(EndBeforeStart):
        october.elapsed(noon, Instant(noon - 1))
    with pytest.raises(BudgetNegative):
        october.deadline(noon, Milliseconds(-1))
    with pytest.raises(InstantOutOfReach):
        october.elapsed(Instant(0), noon)  # 1970: a time that was never set
    with pytest.raises(InstantOutOfReach):
        october.elapsed(noon, Instant(10**18))
    never = ServiceHours(zone=SHANGHAI, week=((),) * 7)
    closed = DayGrid.build(never, china, date(2026, 10, 1), date(2026, 10, 31))
    with pytest.raises(ServiceNeverOpens):
        closed.next_open(noon)
    with pytest.raises(DeadlineOutOfReach):
        closed.deadline(noon, Milliseconds(1))
    assert closed.elapsed(noon, at("2030-01-01T00:00")) == 0


errors = [
    kind
    for module in (calendars, hours, grid)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, PactError) and kind.__module__ == module.__name__
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", errors)
def test_every_error_has_a_sentence_with_the_facts_it_is_documented_with(
    kind: type[PactError], language: Language
) -> None:
    assert has_text("errors", kind.__name__, language)
    sentence = catalogue(language)["errors"][kind.__name__]
    assert placeholders(sentence)
    assert all(f"`{name}`" in (kind.__doc__ or "") for name in placeholders(sentence))
