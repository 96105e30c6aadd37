"""加价 (B19): holidays per person and day, promotion hours, a share of another fee."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.terms.contract import ClauseMissing
from tests.support.contracts import agreement, always, amounts, fixed_fee, settled
from tests.support.facts import Book
from tests.support.reference import page_of, rows_under, terms_on

Terms = dict[str, Any]


def surcharge(kind: str, **rule: Any) -> Terms:
    return {"id": "extra-1", "kind": "fee_surcharge", "rule": {"kind": kind} | rule}


def per_person_day(amount: str = "200.00", **marked: Any) -> Terms:
    return surcharge("per_person_day", amount=amount, marked=marked)


def time_band(rate: str, *windows: str, price: str = "40.00", **marked: Any) -> Terms:
    rule = {"rate": rate, "unit_price": price, "windows": list(windows), "marked": marked}
    return surcharge("time_band", **rule)


def billed(fee: Terms, book: Book, *others: Terms) -> str:
    contract = agreement(*others, fee, service_hours=always())
    return amounts(settled(contract, book.facts))["extra-1"]


def october() -> Book:
    """ann works through 国庆 and on Monday 12 October, bo half for us on 2 October."""
    book = Book()
    for day in (1, 2, 3, 12):
        book.seated("ann", f"2026-10-{day:02d} 09:00", f"2026-10-{day:02d} 21:00")
    book.assigned("bo", "2026-09-30 00:00", "1/2")
    return book.seated("bo", "2026-10-02 18:00", "2026-10-02 23:00")


@pytest.mark.requirement("B19")
@pytest.mark.parametrize(
    ("marked", "amount"),
    [
        ({"holidays": True}, "700.00"),  # 3 days of ann, half a day of bo
        ({"dates": ["2026-10-01"]}, "200.00"),
        ({"dates": ["2026-10-12"]}, "200.00"),
        ({"dates": ["2026-10-01"], "holidays": True}, "700.00"),  # marked twice, paid once
        ({"dates": ["2026-11-11"]}, "0.00"),  # another month
        ({}, "0.00"),
    ],
)
def test_two_hundred_yuan_for_each_person_and_holiday(marked: Terms, amount: str) -> None:
    assert billed(per_person_day(**marked), october()) == amount


@pytest.mark.requirement("B19")
@pytest.mark.parametrize(
    ("rate", "windows", "marked", "amount"),
    [
        # 2 October: ann 18-21 is 3 h, bo 18-23 at a half is 2.5 h: 5.5 h × 40.00
        ("0.20", ["18:00-24:00"], {"dates": ["2026-10-02"]}, "44.00"),
        ("0.50", ["18:00-24:00"], {"dates": ["2026-10-02"]}, "110.00"),
        ("0.50", ["18:00-20:00", "19:00-21:00"], {"dates": ["2026-10-12"]}, "60.00"),  # 3 h, once
        ("0.50", ["21:00-24:00"], {"dates": ["2026-10-12"]}, "0.00"),
        # 1-3 October: ann 3 h each, bo 2.5 h: 11.5 h
        ("1.00", ["18:00-24:00"], {"holidays": True}, "460.00"),
    ],
)
def test_promotion_hours_cost_a_part_more(
    rate: str, windows: list[str], marked: Terms, amount: str
) -> None:
    assert billed(time_band(rate, *windows, **marked), october()) == amount


def test_a_window_over_midnight_belongs_to_the_day_on_which_it_starts() -> None:
    book = Book().seated("ann", "2026-10-11 20:00", "2026-10-12 08:00")
    night = time_band("1.00", "22:00-02:00", dates=["2026-10-11"])
    assert billed(night, book) == "160.00"  # 22-24 and 0-2
    next_day = time_band("1.00", "22:00-02:00", dates=["2026-10-12"])
    assert billed(next_day, book) == "0.00"


def test_the_night_before_the_month_runs_into_it() -> None:
    book = Book().seated("ann", "2026-09-30 20:00", "2026-10-01 08:00")
    assert billed(time_band("1.00", "22:00-02:00", dates=["2026-09-30"]), book) == "80.00"


def test_hours_are_rounded_once_as_agreed() -> None:
    book = Book().seated("ann", "2026-10-12 18:00", "2026-10-12 18:20")
    fee = time_band("0.50", "18:00-20:00", dates=["2026-10-12"])
    assert billed(fee, book) == "6.60"  # 0.33 h × 40.00 × 50 %


@pytest.mark.requirement("B19")
@pytest.mark.parametrize(("rate", "amount"), [("0.30", "9,424.80"), ("0.15", "4,712.40")])
def test_a_share_of_another_fee_looks_at_that_fee_alone(rate: str, amount: str) -> None:
    fee = surcharge("of_fee", rate=rate, fee="fee-1")  # 7×24: 30 % of 31,416.00
    other: Terms = {"id": "fee-2", "kind": "fee_per_unit", "measure": "message"}
    other |= {"tiering": "graduated", "tiers": [{"price": "1.00"}], "minimum": "99.00"}
    assert billed(fee, Book(), fixed_fee(), other) == amount


def test_a_share_of_a_fee_that_is_not_there_is_refused() -> None:
    with pytest.raises(ClauseMissing, match="fee-9"):
        billed(surcharge("of_fee", rate="0.30", fee="fee-9"), Book(), fixed_fee())


def test_the_worked_example_of_the_page() -> None:
    page = page_of("fee_surcharge")
    clauses = terms_on(page)
    contract = agreement(*clauses, service_hours=always())
    found = amounts(settled(contract, october().facts))
    assert [[id_, amount] for id_, amount in found.items()] == rows_under(page, "Worked example")
