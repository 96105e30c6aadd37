"""价格调整 (E14, A54): a price that changes by amendment on 16 October, half a month of each.

October 2026 has 31 days, 15 before the change; of its 18 working days 7 lie before it.
"""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.facts.families.works import UsageCounted
from tests.support.contracts import agreement, amend, change, fixed_fee, headcount_fee, settled
from tests.support.facts import Book

Terms = dict[str, Any]
OUTSIDE: Terms = {"tax_rate": "0.06", "tax_included": False}
WORKED = [8, 9, 10, *range(12, 17), *range(19, 24), *range(26, 31)]


def october() -> Book:
    """Ten messages in the last millisecond of the old price, five in the first of the new."""
    book = Book().told("2026-10-15 23:59:59.999", UsageCounted("message", 10))
    book.told("2026-10-16 00:00", UsageCounted("message", 5))
    for day in WORKED:
        book.seated("ann", f"2026-10-{day:02d} 09:00", f"2026-10-{day:02d} 18:00")
    return book


def messages(*bands: Terms, **more: Any) -> Terms:
    terms: Terms = {"id": "fee-1", "kind": "fee_per_unit", "measure": "message"}
    return terms | {"tiering": "graduated", "tiers": list(bands)} | more


def seats(price: str, basis: str, **more: Any) -> Terms:
    terms: Terms = {"id": "fee-1", "kind": "fee_seats", "seats": 2, "basis": basis}
    return terms | {"monthly_price": price} | more


def billed(before: Terms, after: Terms, *others: Terms) -> list[str]:
    contract = amend(agreement(before, *others), "2026-10-16", change(after))
    return [f"{line.kind} {line.amount}" for line in settled(contract, october().facts).lines]


@pytest.mark.requirement("E14", "A54", "E10")
@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        # 31,000 × 15 ÷ 31 and 37,200 × 16 ÷ 31
        (fixed_fee("31000.00"), fixed_fee("37200.00"), "15,000.00", "19,200.00"),
        (messages({"price": "1.00"}), messages({"price": "2.00"}), "10.00", "10.00"),
        # the first band ends at 6.2 × 15 ÷ 31 = 3 units: 3 × 1.00 + 7 × 0.50
        (
            messages({"up_to": "6.2", "price": "1.00"}, {"price": "0.50"}),
            messages({"price": "2.00"}),
            "6.50",
            "10.00",
        ),
        # a quota of 12.4 is 6 of 15 days; of 31 it is 16 of 16 days: all within
        (
            messages({"price": "1.00"}, included="12.4"),
            messages({"price": "1.00"}, included="31"),
            "4.00",
            "0.00",
        ),
        # a least amount of 310.00 a month is 150.00 and 160.00
        (
            messages({"price": "1.00"}, minimum="310.00"),
            messages({"price": "2.00"}, minimum="310.00"),
            "150.00",
            "160.00",
        ),
        # a package of 310.00 a month; its 18.6 units are 9 of 15 days: the tenth is 5.00 more
        (
            messages({"up_to": "18.6", "price": "310.00"}, tiering="package", overage="5.00"),
            messages({"up_to": "31", "price": "620.00"}, tiering="package", overage="5.00"),
            "155.00",
            "320.00",
        ),
        # 7 × 7.5 hours and 11 × 7.5 hours
        (headcount_fee(1, "40.00"), headcount_fee(1, "50.00"), "2,100.00", "4,125.00"),
        # one more person: 2 × 7 × 7.5 hours and 3 × 11 × 7.5 hours (E10)
        (
            headcount_fee(2, "40.00", "scheduled"),
            headcount_fee(3, "40.00", "scheduled"),
            "4,200.00",
            "9,900.00",
        ),
        # a seat and a second one: 6,200 × 15 ÷ 31 and 12,400 × 16 ÷ 31
        (seats("3100.00", "agreed"), seats("6200.00", "agreed"), "3,000.00", "6,400.00"),
        # one agent: 7 and 11 of the 18 working days
        (seats("5400.00", "present"), seats("7200.00", "present"), "2,100.00", "4,400.00"),
        # two seats in any case: 14 ÷ 18 and 22 ÷ 18
        (
            seats("5400.00", "present", minimum_seats=2),
            seats("7200.00", "present", minimum_seats=2),
            "4,200.00",
            "8,800.00",
        ),
    ],
)
def test_each_half_of_the_month_has_its_own_price(
    before: Terms, after: Terms, old: str, new: str
) -> None:
    kind = before["kind"]
    assert billed(before, after) == [f"{kind} {old}", f"{kind} {new}"]


@pytest.mark.requirement("E14")
def test_the_tax_is_split_where_the_price_is() -> None:
    before, after = (fixed_fee(price, **OUTSIDE) for price in ("31000.00", "37200.00"))
    other = messages({"price": "1.00"}) | OUTSIDE | {"id": "fee-2"}
    assert billed(before, after, other) == [
        "fee_fixed 15,000.00",
        "fee_fixed 19,200.00",
        "fee_per_unit 15.00",
        "vat 900.44",  # 6 % of 15,000.00 and of 15 ÷ 31 of 15.00: 900.43548…
        "vat 1,152.46",  # 6 % of 19,200.00 and of 16 ÷ 31 of 15.00: 1,152.46451…
    ]


def test_a_fee_that_begins_inside_the_month_is_taxed_from_then_on() -> None:
    one, other = fixed_fee("3100.00", **OUTSIDE), messages({"price": "1.00"}) | OUTSIDE
    added = {"op": "add", "clause": "fee-2", "to": other | {"id": "fee-2"}}
    contract = amend(agreement(one), "2026-10-16", added)
    made = settled(contract, october().facts)
    assert [f"{line.kind} {line.amount}" for line in made.lines] == [
        "fee_fixed 3,100.00",
        "fee_per_unit 5.00",
        "vat 90.00",  # 6 % of 1,500.00
        "vat 96.30",  # 6 % of 1,600.00 and 5.00
    ]


def test_the_tax_does_not_end_with_the_fee_that_has_its_line() -> None:
    one, other = fixed_fee("3100.00", **OUTSIDE), messages({"price": "1.00"}) | OUTSIDE
    contract = agreement(one, other | {"id": "fee-2"})
    contract = amend(contract, "2026-10-16", {"op": "repeal", "clause": "fee-1"})
    made = settled(contract, october().facts)
    assert [f"{line.clause} {line.kind} {line.amount}" for line in made.lines] == [
        "fee-1 fee_fixed 1,500.00",
        "fee-2 fee_per_unit 15.00",
        "fee-1 vat 90.44",  # 6 % of 1,500.00 and of 15 ÷ 31 of 15.00: 90.43548…
        "fee-2 vat 0.46",  # 6 % of 16 ÷ 31 of 15.00: 0.46451…
    ]
