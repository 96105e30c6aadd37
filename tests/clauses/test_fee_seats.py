"""坐席费 (PRACTICE 2: 坐席数 × 月单价 × 实际出勤 ÷ 应出勤).

October 2026 has 18 working days: the 8th, 9th, the worked Saturday 10th, 12-16, 19-23, 26-30.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.contracts import agreement, always, amounts, hours, settled
from tests.support.facts import Book
from tests.support.reference import page_of, rows_under, terms_on

Terms = dict[str, Any]

WORKED = [8, 9, 10, *range(12, 17), *range(19, 24), *range(26, 31)]
PRICE = "5400.00"  # 300.00 a working day of October


def seats(count: int, basis: str = "present", price: str = PRICE, **more: Any) -> Terms:
    terms: Terms = {"id": "fee-1", "kind": "fee_seats", "seats": count, "basis": basis}
    return terms | {"monthly_price": price} | more


def there(book: Book, agent: str, days: list[int], share: str | None = None) -> Book:
    """An agent from nine to six on these days of October."""
    if share is not None:
        book.assigned(agent, "2026-09-01 00:00", share)
    for day in days:
        book.seated(agent, f"2026-10-{day:02d} 08:55", f"2026-10-{day:02d} 18:05")
    return book


def billed(fee: Terms, book: Book, **more: Any) -> str:
    return amounts(settled(agreement(fee, **more), book.facts))["fee-1"]


@pytest.mark.requirement("E10", "E11")
@pytest.mark.parametrize(
    ("ann", "bo", "minimum", "amount"),
    [
        (18, 18, None, "10,800.00"),
        (18, 9, None, "8,100.00"),  # one and a half seats
        (18, 0, None, "5,400.00"),
        (0, 0, None, "0.00"),
        (17, 1, None, "5,400.00"),
        (1, 0, None, "300.00"),
        (0, 0, 1, "5,400.00"),  # one seat is paid in any case
        (18, 1, 1, "5,700.00"),
        (17, 0, 1, "5,400.00"),
    ],
)
def test_a_seat_costs_its_days_of_the_working_days(
    ann: int, bo: int, minimum: int | None, amount: str
) -> None:
    book = there(there(Book(), "ann", WORKED[:ann]), "bo", WORKED[:bo])
    least: Terms = {} if minimum is None else {"minimum_seats": minimum}
    assert billed(seats(2, **least), book) == amount


@pytest.mark.requirement("E10")
@pytest.mark.parametrize(
    ("minimum", "amount"), [({}, "16,200.00"), ({"minimum_seats": 5}, "27,000.00")]
)
def test_agreed_seats_are_paid_whoever_came(minimum: Terms, amount: str) -> None:
    assert billed(seats(3, "agreed", **minimum), Book()) == amount


def test_more_agents_than_ordered_are_not_paid() -> None:
    book = there(there(there(Book(), "ann", WORKED), "bo", WORKED), "cy", WORKED[:1])
    assert billed(seats(2), book) == "10,800.00"
    assert billed(seats(3), book) == "11,100.00"


def test_nobody_is_more_than_one_seat() -> None:
    """Twenty-four days of a seven-day desk are not 24/18 of a seat."""
    book = there(Book(), "ann", list(range(8, 32)))
    assert billed(seats(2), book, service_hours=always()) == "5,400.00"


def test_a_day_counts_when_the_agent_was_there_inside_service_hours() -> None:
    book = Book()
    book.seated("ann", "2026-10-09 07:00", "2026-10-09 09:00")  # gone when the desk opens
    book.seated("ann", "2026-10-12 17:59:59.999", "2026-10-12 20:00")  # one millisecond
    book.seated("ann", "2026-10-01 09:00", "2026-10-01 18:00")  # a holiday, closed
    book.seated("ann", "2026-10-10 09:00", "2026-10-10 18:00")  # the worked Saturday
    book.seated("ann", "2026-10-13 09:00", "2026-10-13 10:00")
    book.seated("ann", "2026-10-13 14:00", "2026-10-13 15:00")  # twice on one day: one day
    book.attendance("ann", "clock_in", "2026-10-14 09:00")  # a forgotten card is not guessed
    assert billed(seats(1), book) == "900.00"  # 12, 10, 13 October


def test_a_night_shift_is_the_day_on_which_it_began() -> None:
    night = hours(["22:00-06:00"], "mon tue wed thu fri sat sun")
    book = Book().seated("ann", "2026-10-12 21:50", "2026-10-13 06:10")
    book.seated("ann", "2026-10-31 21:50", "2026-11-01 06:10")
    book.seated("ann", "2026-09-30 21:50", "2026-10-01 06:10")  # September's
    assert billed(seats(1), book, service_hours=night) == "600.00"


def test_an_agent_who_comes_before_midnight_is_there_when_the_desk_opens() -> None:
    early = hours(["00:30-06:00"], "mon tue wed thu fri sat sun")
    book = Book().seated("ann", "2026-10-11 23:50", "2026-10-12 03:00")
    book.seated("ann", "2026-10-12 04:00", "2026-10-12 05:00")  # the same day
    book.seated("ann", "2026-10-31 23:50", "2026-11-01 03:00")  # November's
    assert billed(seats(1), book, service_hours=early) == "300.00"


@pytest.mark.parametrize(
    ("share", "amount"),
    [("1", "5,400.00"), ("1/2", "2,700.00"), ("1/3", "1,800.00"), ("0", "0.00")],
)
def test_an_agent_of_several_contracts_is_a_part_of_a_seat(share: str, amount: str) -> None:
    assert billed(seats(1), there(Book(), "ann", WORKED, share)) == amount


def test_a_share_that_changes_at_noon_halves_the_day() -> None:
    book = there(Book(), "ann", WORKED[:1])
    book.assigned("ann", "2026-10-08 13:00", "0")  # three of seven and a half hours
    assert billed(seats(1), book) == "120.00"  # 300.00 × 3 ÷ 7.5


def test_the_worked_example_of_the_page() -> None:
    page = page_of("fee_seats")
    (fee,) = terms_on(page)
    for ann, bo, amount in rows_under(page, "Worked example"):
        book = there(there(Book(), "ann", WORKED[: int(ann)]), "bo", WORKED[: int(bo)])
        assert billed(fee, book) == amount, (ann, bo)
