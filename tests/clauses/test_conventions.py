"""结算口径: the same month under the other decision. A fee of 31,416.00, 88.7 % against 90 %."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.contracts import agreement, fixed_fee, level, per_point
from tests.support.months import statement


@pytest.mark.parametrize(
    ("convention", "total"),
    [
        ({}, "30,787.68"),  # one full point: 628.32
        ({"steps": "started"}, "30,159.36"),
        ({"steps": "proportional"}, "30,599.18"),  # 1.3 points: 816.816
        (
            {"steps": "proportional", "money_rounding": {"unit": "0.01", "mode": "down"}},
            "30,599.19",
        ),
        ({"money_rounding": {"unit": "1", "mode": "half_up"}}, "30,788.00"),
        ({"money_rounding": {"unit": "1", "mode": "up"}}, "30,787.00"),
        ({"money_rounding": {"unit": "10", "mode": "half_even"}}, "30,790.00"),
    ],
)
def test_each_convention_is_worth_what_it_says(convention: dict[str, Any], total: str) -> None:
    contract = agreement(fixed_fee("31416.00"), level(target="0.90"), per_point(), **convention)
    assert str(statement(contract, {"level-1": (887, 1000)}).total) == total
