"""逾期违约金 once, by working days, of the whole statement, after days of grace (A55, B22)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.settle.counting import Records
from pactdesk.core.settle.ledger import EarlierStatement
from pactdesk.core.settle.statement import settle
from pactdesk.core.terms.base import BlankLeft
from pactdesk.core.units.money import Money
from tests.support.contracts import PINS, agreement, amounts, fixed_fee, late_fee
from tests.support.laws import cases
from tests.support.months import a_month

Terms = dict[str, Any]


def billed(terms: Terms, *paid: tuple[str, int], due: str = "2026-09-30", month: str = "10") -> str:
    contract = agreement(fixed_fee("0.00"), terms)
    payments = tuple((date.fromisoformat(day), fen) for day, fen in paid)
    due_on = date.fromisoformat(due)
    earlier = EarlierStatement("s-1", "2026-08", 1_000_000, {}, due_on, payments)
    october = a_month(contract, month=f"2026-{month}")
    made = settle(contract, october, (earlier,), PINS, Records((), load_china()))
    return amounts(made)["late-1"]


@pytest.mark.requirement("A55")
@pytest.mark.parametrize(
    ("due", "paid", "month", "expected"),
    [
        ("2026-09-30", (), "10", "300.00"),  # 3 % of 10,000.00, in the month of the first late day
        ("2026-09-30", (), "11", "0.00"),  # once is once
        ("2026-09-29", (), "10", "0.00"),  # September's
        ("2026-09-30", (("2026-09-30", 1_000_000),), "10", "0.00"),
        ("2026-09-30", (("2026-09-30", 400_000),), "10", "180.00"),  # of 6,000.00
        ("2026-09-30", (("2026-10-02", 1_000_000),), "10", "300.00"),
    ],
)
def test_three_percent_once(
    due: str, paid: tuple[tuple[str, int], ...], month: str, expected: str
) -> None:
    terms = {"id": "late-1", "kind": "late_fee", "rate_once": "0.03"}
    assert billed(terms, *paid, due=due, month=month) == expected


@pytest.mark.parametrize(
    ("more", "paid", "expected"),
    [
        ({}, (), "155.00"),  # 31 days of 5.00
        # October 2026: 31 days, holidays 1 to 7, Saturday 10 is worked: 18 working days.
        ({"days": "working"}, (), "90.00"),
        ({"grace_days": 5}, (), "130.00"),  # from 6 October on: 26 days
        ({"grace_days": 31}, (), "0.00"),
        ({"base": "whole"}, (("2026-10-11", 500_000),), "155.00"),
        ({}, (("2026-10-11", 500_000),), "102.50"),  # 10 days of 5.00, 21 of 2.50
        ({"base": "whole"}, (("2026-10-11", 1_000_000),), "50.00"),  # paid: no further late day
        ({"days": "working"}, (("2026-10-08", 1_000_000),), "0.00"),  # only holidays were late
        ({"grace_days": 5, "cap": "0.01"}, (), "100.00"),
    ],
)
def test_the_rate_per_day_counts_as_the_contract_says(
    more: Terms, paid: tuple[tuple[str, int], ...], expected: str
) -> None:
    assert billed(late_fee("0.0005") | more, *paid) == expected


def test_a_late_fee_without_any_rate_is_open() -> None:
    with pytest.raises(BlankLeft) as refused:
        billed({"id": "late-1", "kind": "late_fee"})
    assert refused.value.facts["path"] == "late-1.rate_per_day"


def test_months_that_add_up_come_to_all_late_days_rounded_once() -> None:
    # 150.00 at 0.015 % a day is 0.0225: 31 days of October 0.6975, both months' 61 days 1.3725.
    # Each month by itself would bill 0.70 and 0.68 (0.675), a fen too much.
    by_itself = late_fee("0.00015")
    months = [of_small_debt(by_itself | more, month) for more in ({}, ADDS_UP) for month in MONTHS]
    assert months == ["0.70", "0.68", "0.70", "0.67"]


def test_a_capped_fee_that_adds_up_stops_at_its_cap() -> None:
    terms = late_fee("0.00015", cap="0.006") | ADDS_UP  # 0.90
    assert [of_small_debt(terms, month) for month in MONTHS] == ["0.70", "0.20"]


@settings(max_examples=cases(20))
@given(st.integers(1, 10**6), st.integers(1, 90), st.booleans())
def test_over_the_months_what_adds_up_is_rounded_once(fen: int, rate: int, is_capped: bool) -> None:
    cap = {"cap": "0.03"} if is_capped else {}
    terms = late_fee(f"0.000{rate:02}") | ADDS_UP | cap
    months = ("2026-10", "2026-11", "2026-12")
    billed_ = sum(Money.of(of_small_debt(terms, m, fen).replace(",", "")).fen for m in months)
    exact = Fraction(fen, 100) * Fraction(rate, 100_000) * 92
    exact = min(exact, Fraction(fen, 100) * Fraction(3, 100)) if is_capped else exact
    assert billed_ == Money.booked(exact).fen


ADDS_UP = {"adds_up": True}
MONTHS = ("2026-10", "2026-11")


def of_small_debt(terms: Terms, month: str, fen: int = 15_000) -> str:
    contract = agreement(fixed_fee("0.00"), terms)
    earlier = EarlierStatement("s-1", "2026-08", fen, {}, date(2026, 9, 30), ())
    made = settle(
        contract, a_month(contract, month=month), (earlier,), PINS, Records((), load_china())
    )
    return amounts(made)["late-1"]
