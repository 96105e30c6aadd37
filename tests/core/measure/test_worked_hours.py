"""Hours by local day and week, and what leave excuses (D6, D24)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.families.staff import LeaveTaken
from pactdesk.core.facts.names import Party
from pactdesk.core.measure.legal_hours import LegalLimitsUnknown, limits_on
from pactdesk.core.measure.minimum_wages import MinimumWages, MinimumWagesUnreadable
from pactdesk.core.measure.opening import opening_hours
from pactdesk.core.measure.worked_hours import WorkedWeek, hours_by_day, weeks_worked
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.grid import DayGrid
from tests.support.contracts import agreement
from tests.support.facts import SHANGHAI, Book, instant

OCTOBER = Period.month("2026-10")


def weeks(book: Book, days: Period = OCTOBER) -> tuple[WorkedWeek, ...]:
    """Office hours: 37.5 a week."""
    hours = opening_hours(agreement().one(ServiceHours), "Asia/Shanghai")
    grid = DayGrid.build(hours, load_china(), days.start, days.last_day)
    return weeks_worked(book.facts, "ann", days, SHANGHAI, grid)


def away(book: Book, start: str, end: str, *approved: str) -> Book:
    parties = tuple(Party(each) for each in approved)
    return book.told(start, LeaveTaken("ann", instant(start), instant(end), "exam", parties))


@pytest.mark.requirement("D6", "A25")
def test_midnight_splits_a_shift_and_a_week_belongs_to_its_sunday() -> None:
    book = Book().seated("ann", "2026-10-04 22:00", "2026-10-05 03:00")
    book.seated("bo", "2026-10-06 09:00", "2026-10-06 12:00")
    assert hours_by_day(book.facts, "ann", OCTOBER, SHANGHAI) == {
        date(2026, 10, 4): 2,
        date(2026, 10, 5): 3,
    }
    found = weeks(book)
    assert [each.monday for each in found] == [
        date(2026, 9, 28),
        date(2026, 10, 5),
        date(2026, 10, 12),
        date(2026, 10, 19),
    ]
    assert [each.hours for each in found] == [2, 3, 0, 0]
    assert found[0].sunday == date(2026, 10, 4)


@pytest.mark.requirement("D24", "D9", "A30")
@pytest.mark.parametrize(
    ("approved", "counts", "asked"),
    [
        (("client",), True, "12"),  # Monday and Tuesday are 15 of 37.5 hours: 20 × 3/5
        (("provider", "client"), True, "12"),
        (("provider",), True, "20"),  # asked for, not agreed to
        (("client",), False, "20"),  # the contract does not let leave count
    ],
)
def test_approved_leave_lowers_what_a_week_asks_for(
    approved: tuple[str, ...], counts: bool, asked: str
) -> None:
    book = away(Book(), "2026-10-19 00:00", "2026-10-21 00:00", *approved)
    week = weeks(book)[-1]
    assert week.asked(Fraction(20), leave_counts=counts) == Fraction(asked)


def test_time_that_was_worked_during_leave_is_not_excused() -> None:
    book = away(Book(), "2026-10-19 00:00", "2026-10-21 00:00", "client")
    book.seated("ann", "2026-10-19 09:00", "2026-10-19 12:00")
    week = weeks(book)[-1]
    assert (week.excused_share, week.hours) == (Fraction(12 * 2, 75), Fraction(3))


def test_the_average_day_is_that_of_days_with_work() -> None:
    book = Book()
    for day in (12, 13):
        book.seated("ann", f"2026-10-{day} 09:00", f"2026-10-{day} 14:00")
    assert weeks(book)[2].average_day == 5
    assert weeks(book)[0].average_day == 0


def test_limits_of_the_law_hold_from_their_day_on() -> None:
    assert (limits_on(date(2026, 10, 1)).week_hours, limits_on(date(2008, 1, 1)).day_hours) == (
        24,
        4,
    )
    with pytest.raises(LegalLimitsUnknown):
        limits_on(date(2007, 12, 31))


@pytest.mark.requirement("D10")
def test_the_minimum_wage_is_that_of_the_city_and_the_day() -> None:
    rows = [
        {"city": "甲城", "since": "2025-07-01", "hourly": "24.00", "source": "n-1"},
        {"city": "甲城", "since": "2026-09-01", "hourly": "25.50", "source": "n-2"},
        {"city": "乙城", "since": "2020-01-01", "hourly": "20.00", "source": "n-3"},
    ]
    table = MinimumWages.from_plain({"minimum_wages": rows})
    found = table.on("甲城", date(2026, 9, 1))
    assert found is not None
    assert (found.hourly, found.source) == (Fraction("25.5"), "n-2")
    before = table.on("甲城", date(2026, 8, 31))
    assert before is not None
    assert before.hourly == 24
    assert table.on("甲城", date(2025, 6, 30)) is None
    assert MinimumWages().on("甲城", date(2026, 9, 1)) is None


@pytest.mark.parametrize(
    "stored",
    [
        [],
        {"minimum_wages": "x"},
        {"minimum_wages": [{"city": "c", "since": "2026-01-01", "hourly": 24, "source": "s"}]},
        {"minimum_wages": [{"city": "c", "since": "1 July", "hourly": "24", "source": "s"}]},
        {"minimum_wages": [{"city": "c", "hourly": "24", "source": "s"}]},
    ],
)
def test_a_table_of_another_form_is_refused(stored: object) -> None:
    with pytest.raises(MinimumWagesUnreadable):
        MinimumWages.from_plain(stored)
