"""固定费用: what a month costs (B18, C18)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.settle.counting import Records
from pactdesk.core.settle.fees.fixed import SinceWithoutBilling
from pactdesk.core.settle.statement import Statement, settle
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.rules.fee_conflict import fee_conflict
from tests.support.contracts import (
    PINS,
    agreement,
    always,
    amend,
    amounts,
    change,
    fixed_fee,
    headcount_fee,
    level,
    per_miss,
    settled,
)
from tests.support.laws import cases
from tests.support.months import a_month, statement
from tests.support.reference import page_of, rows_under, terms_on

Terms = dict[str, Any]


@pytest.mark.requirement("B18")
@pytest.mark.parametrize(
    ("amount", "per", "month"),
    [
        ("31416.00", "month", "31,416.00"),
        ("0.00", "month", "0.00"),
        ("0.005", "month", "0.01"),
        ("90000.00", "quarter", "30,000.00"),
        ("100.00", "quarter", "33.33"),
        ("200.00", "quarter", "66.67"),
        ("120000.00", "year", "10,000.00"),
        ("100000.00", "year", "8,333.33"),
    ],
)
def test_each_month_pays_its_part_of_the_agreed_amount(amount: str, per: str, month: str) -> None:
    assert amounts(statement(agreement(fixed_fee(amount, per)))) == {"fee-1": month}


def collected(fee: Terms, months: list[str], start: str, end: str) -> list[str]:
    contract = agreement(fee, service_hours=always(), start=start, end=end)
    return [amounts(settled(contract, (), month))["fee-1"] for month in months]


MONTHS = [f"2026-{month:02d}" for month in range(1, 13)]


@pytest.mark.requirement("C16", "C18", "C19", "E12", "E75")
@pytest.mark.parametrize(
    ("per", "billing", "start", "end", "paid"),
    [
        # 2026 is the second year of two, three or less
        ("year", "in_advance", "2025-01-01", "2026-12-31", {"01": "1,200.00"}),
        ("year", "in_arrears", "2025-01-01", "2026-12-31", {"12": "1,200.00"}),
        ("year", "in_advance", "2025-03-15", "2027-03-14", {"03": "1,200.00"}),
        ("year", "in_arrears", "2025-03-15", "2027-03-14", {"03": "1,200.00"}),  # the 14th
        ("year", "in_arrears", "2025-03-01", "2027-02-28", {"02": "1,200.00"}),
        # from 29 February: 28 February 2026
        ("year", "in_advance", "2024-02-29", "2027-02-27", {"02": "1,200.00"}),
        ("year", "in_arrears", "2024-02-29", "2027-02-27", {"02": "1,200.00"}),  # the 27th
        # 181 days of the 365 that begin on 2026-01-01: 595.0684…
        ("year", "in_advance", "2025-01-01", "2026-06-30", {"01": "595.07"}),
        ("year", "in_arrears", "2025-01-01", "2026-06-30", {"06": "595.07"}),
        (
            "quarter",
            "in_advance",
            "2026-02-01",
            "2026-12-31",  # 61 of the 92 days from November to January: 795.6521…
            {"02": "1,200.00", "05": "1,200.00", "08": "1,200.00", "11": "795.65"},
        ),
        ("month", "in_arrears", "2026-10-16", "2026-12-15", {"11": "1,200.00", "12": "1,200.00"}),
    ],
)
def test_a_fee_billed_at_once_stands_in_the_month_of_its_paid_period(
    per: str, billing: str, start: str, end: str, paid: dict[str, str]
) -> None:
    fee = fixed_fee("1200.00", per, billing=billing)
    served = [month for month in MONTHS if start[:7] <= month <= end[:7]]
    expected = [paid.get(month[-2:], "0.00") for month in served]
    assert collected(fee, served, start, end) == expected


@pytest.mark.requirement("C18")
def test_paid_periods_are_counted_from_their_own_first_day() -> None:
    fee = fixed_fee("1200.00", "year", billing="in_advance", since="2026-05-10")
    expected = ["0.00"] * 4 + ["1,200.00"] + ["0.00"] * 7
    assert collected(fee, MONTHS, "2026-01-01", "2027-05-09") == expected
    # counted from a day before the term: of that year 69 of 365 days are inside it
    early = fixed_fee("1200.00", "year", billing="in_advance", since="2025-03-11")
    assert collected(early, MONTHS[:3], "2026-01-01", "2027-03-10") == [
        "226.85",
        "0.00",
        "1,200.00",
    ]


def test_a_first_day_without_a_way_of_billing_is_refused() -> None:
    fee = fixed_fee("1200.00", "year", since="2026-05-10")
    with pytest.raises(SinceWithoutBilling):
        collected(fee, ["2026-05"], "2026-01-01", "2026-12-31")
    plain = fixed_fee("1200.00", "year", billing="monthly")
    assert collected(plain, ["2026-05"], "2026-01-01", "2026-12-31") == ["100.00"]


@pytest.mark.requirement("C18")
def test_the_page_says_what_each_month_costs() -> None:
    page = page_of("fee_fixed")
    (fee,) = terms_on(page)
    for month, amount in rows_under(page, "Worked example"):
        (found,) = collected(fee, [month], "2026-01-01", "2027-12-31")
        assert found.replace(",", "") == amount, month


@pytest.mark.requirement("E75")
@pytest.mark.parametrize(("billing", "conflicts"), [("in_advance", 0), ("monthly", 1)])
def test_a_fee_collected_at_once_is_no_second_fee_of_the_month(
    billing: str, conflicts: int
) -> None:
    upkeep = fixed_fee("1200.00", "month", id="fee-2", billing=billing)
    assert len(fee_conflict(agreement(fixed_fee(), upkeep))) == conflicts


@pytest.mark.requirement("B18", "E11")
def test_a_platform_fee_beside_hours_is_added_and_both_bear_the_deductions() -> None:
    # 5,000 + 10 h × 2 seats × 30 = 600; 5 % of 5,600 for the missed level.
    hours = headcount_fee(2, "30.00", "scheduled") | {"id": "fee-2"}
    terms = agreement(fixed_fee("5000.00"), hours, level(), per_miss("0.05"))
    month = statement(terms, {"level-1": (1, 2)}, open_hours=10)
    assert amounts(month) == {"fee-1": "5,000.00", "fee-2": "600.00", "deduction-1": "-280.00"}


@pytest.mark.parametrize(
    ("amount", "per", "start", "months"),
    [
        ("100.00", "quarter", "2026-01-01", ["33.33", "33.34", "33.33"]),
        ("100.01", "quarter", "2026-01-01", ["33.34", "33.33", "33.34"]),
        # The term begins on 16 January: 16 of 31 days of its first month, 17.204…
        ("100.00", "quarter", "2026-01-16", ["17.20", "33.34", "33.33"]),
        ("100.00", "month", "2026-01-01", ["100.00", "100.00", "100.00"]),
    ],
)
def test_parts_that_add_up_lose_no_fen(
    amount: str, per: str, start: str, months: list[str]
) -> None:
    terms = agreement(fixed_fee(amount, per, adds_up=True), service_hours=always(), start=start)
    billed = [amounts(settled(terms, (), f"2026-0{n}"))["fee-1"] for n in (1, 2, 3)]
    assert billed == months


@settings(max_examples=cases(15))
@given(st.integers(1, 10**7), st.sampled_from([("quarter", 3), ("year", 12)]), st.integers(2, 28))
def test_the_months_of_a_paid_period_come_to_its_amount(
    fen: int, per: tuple[str, int], cut: int
) -> None:
    """Also where the terms change inside a month, by nothing that this fee depends on."""
    price = f"{fen // 100}.{fen % 100:02}"
    terms = agreement(fixed_fee(price, per[0], adds_up=True), service_hours=always())
    terms = amend(terms, f"2026-02-{cut:02}", change(fixed_fee(price, per[0], adds_up=True)))
    total = sum(
        line.amount.fen
        for month in range(1, per[1] + 1)
        for line in made(terms, f"2026-{month:02}").lines
    )
    assert total == fen


def made(terms: Contract, month: str) -> Statement:
    """Settled once; that the verifier agrees is seen above."""
    return settle(terms, a_month(terms, month=month), (), PINS, Records((), load_china()))
