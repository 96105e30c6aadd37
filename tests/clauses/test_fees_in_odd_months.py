"""Fees by volume and by seats where the calendar is odd: 29 February, half months, no calendar."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.facts.families.works import UsageCounted
from pactdesk.core.worktime.calendars import CalendarNotPublished
from tests.support.contracts import agreement, always, amend, amounts, change, settled
from tests.support.facts import Book

Terms = dict[str, Any]


def messages(**more: Any) -> Terms:
    terms: Terms = {"id": "fee-1", "kind": "fee_per_unit", "measure": "message"}
    return terms | {"tiering": "graduated", "tiers": [{"price": "1.00"}]} | more


def seats(basis: str, price: str = "3100.00") -> Terms:
    terms: Terms = {"id": "fee-1", "kind": "fee_seats", "seats": 1, "basis": basis}
    return terms | {"monthly_price": price}


def sent(*days: tuple[str, int]) -> Book:
    book = Book()
    for day, count in days:
        book.told(f"{day} 12:00", UsageCounted("message", count))
    return book


@pytest.mark.parametrize(
    ("month", "first_half", "second_half"),
    [
        ("2028-02", "140.00", "150.00"),  # 290.00 × 14 ÷ 29 and × 15 ÷ 29
        ("2027-02", "145.00", "145.00"),  # 28 days
        ("2026-04", "135.33", "154.67"),  # 30 days: 14 and 16
        ("2026-12", "130.97", "159.03"),  # 31 days: 14 and 17
    ],
)
def test_a_least_amount_is_by_the_days_of_its_own_month(
    month: str, first_half: str, second_half: str
) -> None:
    before = agreement(messages(minimum="290.00"), service_hours=always(), end="2028-12-31")
    contract = amend(before, f"{month}-15", change(messages(minimum="290.00", included="1")))
    made = settled(contract, (), month)
    assert [str(line.amount) for line in made.lines] == [first_half, second_half]


@pytest.mark.parametrize(
    ("start", "end", "fee", "amount"),
    [
        # 15 of 31 days
        ("2026-10-17", "2027-10-16", seats("agreed"), "1,500.00"),
        ("2026-01-01", "2026-10-15", seats("agreed"), "1,500.00"),
        ("2026-10-31", "2027-10-30", seats("agreed"), "100.00"),
        # a quota of 62 is 30 of 15 days: 40 less 30; those of other days are not served
        ("2026-10-17", "2027-10-16", messages(included="62"), "10.00"),
        ("2026-01-01", "2026-10-15", messages(included="62"), "0.00"),
        ("2026-10-17", "2027-10-16", messages(minimum="310.00"), "150.00"),
    ],
)
def test_a_contract_that_begins_or_ends_inside_the_month_pays_its_days(
    start: str, end: str, fee: Terms, amount: str
) -> None:
    contract = agreement(fee, start=start, end=end)
    book = sent(("2026-10-10", 7), ("2026-10-20", 40))
    assert amounts(settled(contract, book.facts))["fee-1"] == amount


def test_agents_of_a_contract_that_begins_inside_the_month_are_there_from_then_on() -> None:
    """October has 18 working days, 10 of them from the 19th on; ann is there on all 18."""
    book = Book()
    for day in [8, 9, 10, *range(12, 17), *range(19, 24), *range(26, 31)]:
        book.seated("ann", f"2026-10-{day:02d} 09:00", f"2026-10-{day:02d} 18:00")
    contract = agreement(seats("present", "3600.00"), start="2026-10-17", end="2027-10-16")
    assert amounts(settled(contract, book.facts))["fee-1"] == "2,000.00"


def test_seats_by_presence_are_not_settled_without_the_years_calendar() -> None:
    def of_2030(basis: str) -> str:
        contract = agreement(seats(basis), service_hours=always(), end="2030-12-31")
        return amounts(settled(contract, (), "2030-03"))["fee-1"]

    assert of_2030("agreed") == "3,100.00"
    with pytest.raises(CalendarNotPublished, match="2030"):
        of_2030("present")


@pytest.mark.parametrize(
    ("moment", "october", "november"),
    [
        ("2026-10-31 23:59:59.999", "1.00", "0.00"),
        ("2026-11-01 00:00:00.000", "0.00", "1.00"),
    ],
)
def test_the_last_millisecond_belongs_to_its_month(
    moment: str, october: str, november: str
) -> None:
    book = Book().told(moment, UsageCounted("message", 1))
    billed = [
        amounts(settled(agreement(messages()), book.facts, month))["fee-1"]
        for month in ("2026-10", "2026-11")
    ]
    assert billed == [october, november]


def test_two_changes_of_one_day_are_one_price() -> None:
    """The later signed one holds."""
    contract = amend(agreement(messages()), "2026-10-16", change(messages(included="1")))
    dearer = messages() | {"tiers": [{"price": "5.00"}]}
    contract = amend(contract, "2026-10-16", change(dearer), signed="2026-09-02", id="amendment-2")
    book = sent(("2026-10-10", 7), ("2026-10-20", 40))
    made = settled(contract, book.facts)
    assert [str(line.amount) for line in made.lines] == ["7.00", "200.00"]
