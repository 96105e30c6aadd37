"""服务费用=客服人员数量×服务时间×人员单价 (E10, E11).

October 2026 has 18 working days of 7.5 hours: 135 service hours.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.support.contracts import agreement, amounts, headcount_fee, settled
from tests.support.facts import Book
from tests.support.months import statement


@pytest.mark.requirement("E10", "E11")
@pytest.mark.parametrize(
    ("headcount", "price", "basis", "seat_hours", "amount"),
    [
        (3, "38.00", "scheduled", "0", "15,390.00"),  # 3 × 135 × 38
        (1, "38.00", "scheduled", "500", "5,130.00"),
        (3, "38.00", "verified", "100", "3,800.00"),
        (1, "38.00", "verified", "135", "5,130.00"),
        (1, "38.00", "verified", "140", "5,130.00"),  # more than ordered is not paid
        (2, "38.00", "verified", "270.001", "10,260.00"),
        (2, "38.35", "verified", "100.336", "3,848.04"),  # 100.34 h × 38.35 = 3,848.039
        (2, "0.855", "verified", "100", "85.50"),  # a price may be below a fen
        (2, "38.00", "verified", "0", "0.00"),
    ],
)
def test_persons_times_hours_times_price(
    headcount: int, price: str, basis: str, seat_hours: str, amount: str
) -> None:
    contract = agreement(headcount_fee(headcount, price, basis))
    assert amounts(statement(contract, seat_hours=Fraction(seat_hours))) == {"fee-1": amount}


@pytest.mark.parametrize(
    ("unit", "mode", "amount"),
    [
        ("0.01", "half_up", "3,812.92"),  # 100.336 h → 100.34
        ("0.5", "half_up", "3,819.00"),  # → 100.5
        ("0.5", "down", "3,800.00"),
        ("1", "up", "3,838.00"),
        ("0.25", "half_even", "3,809.50"),  # → 100.25
    ],
)
def test_the_months_hours_are_rounded_once_as_agreed(unit: str, mode: str, amount: str) -> None:
    contract = agreement(headcount_fee(2, "38.00"), hours_rounding={"unit": unit, "mode": mode})
    assert amounts(statement(contract, seat_hours=Fraction("100.336"))) == {"fee-1": amount}


@pytest.mark.requirement("E11")
def test_clocked_hours_inside_service_hours_are_what_is_billed() -> None:
    book = Book()
    book.seated("ann", "2026-10-09 08:00", "2026-10-09 20:00")  # 7.5 h of service
    book.seated("bo", "2026-10-10 13:00", "2026-10-10 18:00")  # 4.5 h on the worked Saturday
    book.seated("cy", "2026-10-01 09:00", "2026-10-01 18:00")  # a holiday
    book.attendance("di", "clock_in", "2026-10-12 09:00")  # never clocked out
    made = settled(agreement(headcount_fee(4, "38.00")), book.facts)
    assert amounts(made) == {"fee-1": "456.00"}
    assert [agent for agent, _ in made.measured.seat_time.unpaired] == ["di"]
