"""逾期违约金 (B22): 万分之五 a day of 12,345.67."""

from __future__ import annotations

from datetime import date

import pytest

from pactdesk.core.settle.ledger import EarlierStatement
from tests.support.contracts import agreement, amounts, fixed_fee, late_fee
from tests.support.months import statement


def arrears(due: str | None, *paid: tuple[str, int], name: str = "s-1") -> EarlierStatement:
    due_on = date.fromisoformat(due) if due else None
    payments = tuple((date.fromisoformat(day), fen) for day, fen in paid)
    return EarlierStatement(name, "2026-08", 1_234_567, {}, due_on, payments)


def billed(*ledger: EarlierStatement, month: str = "2026-10", cap: str | None = None) -> str:
    contract = agreement(fixed_fee("0.00"), late_fee("0.0005", cap))
    return amounts(statement(contract, ledger=ledger, month=month))["late-1"]


@pytest.mark.requirement("B22")
@pytest.mark.parametrize(
    ("due", "amount"),
    [
        ("2026-10-31", "0.00"),  # due on the last day: not late
        ("2026-10-30", "6.17"),  # one day: 6.172835
        ("2026-09-30", "191.36"),  # 31 days: 191.357885
        ("2026-08-31", "191.36"),  # September's days are in September's statement
        (None, "0.00"),  # no invoice came: nothing is due
    ],
)
def test_each_day_after_the_due_day_costs_five_ten_thousandths(
    due: str | None, amount: str
) -> None:
    assert billed(arrears(due)) == amount


@pytest.mark.requirement("B22")
def test_thirty_seven_days_in_one_month_are_rounded_once() -> None:
    # 31 days on one statement and 6 on another: 12,345.67 × 0.05 % × 37 = 228.394895
    assert billed(arrears("2026-09-30"), arrears("2026-10-25", name="s-2")) == "228.39"


def test_thirty_seven_days_over_two_months_are_rounded_in_each() -> None:
    late = arrears("2026-09-24")
    assert [billed(late, month=f"2026-{month}") for month in ("09", "10")] == ["37.04", "191.36"]


@pytest.mark.parametrize(
    ("cap", "september", "october", "november"),
    [
        (None, "37.04", "191.36", "185.19"),
        ("0.30", "37.04", "191.36", "185.19"),
        ("0.01", "37.04", "86.42", "0.00"),  # 123.4567 in all
        ("0.003", "37.04", "0.00", "0.00"),  # 37.03701 is exactly reached on 30 September
        ("0.00", "0.00", "0.00", "0.00"),
    ],
)
def test_the_fee_stops_at_its_cap(
    cap: str | None, september: str, october: str, november: str
) -> None:
    late = arrears("2026-09-24")
    months = ("2026-09", "2026-10", "2026-11")
    assert [billed(late, month=month, cap=cap) for month in months] == [
        september,
        october,
        november,
    ]


@pytest.mark.parametrize(
    ("paid", "amount"),
    [
        ([("2026-10-10", 1_234_567)], "55.56"),  # 1-9 October: 9 days
        ([("2026-10-01", 1_234_567)], "0.00"),
        ([("2026-09-15", 234_567), ("2026-10-11", 1_000_000)], "50.00"),  # 10 days of 10,000.00
        ([("2026-10-10", 2_000_000)], "55.56"),  # too much is not a credit here
    ],
)
def test_only_what_is_unpaid_costs(paid: list[tuple[str, int]], amount: str) -> None:
    assert billed(arrears("2026-09-30", *paid)) == amount
