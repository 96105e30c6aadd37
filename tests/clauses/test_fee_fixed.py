"""固定费用: what a month costs (B18, C18)."""

from __future__ import annotations

import pytest

from tests.support.contracts import agreement, amounts, fixed_fee
from tests.support.months import statement


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
