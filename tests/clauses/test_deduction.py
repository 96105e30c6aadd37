"""扣款 (E19): what a missed level takes off a fee of 31,416.00."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.contracts import (
    agreement,
    amounts,
    fixed_fee,
    level,
    per_breach,
    per_miss,
    per_point,
)
from tests.support.months import statement

Terms = dict[str, Any]


def deducted(counted: tuple[int, int], rule: Terms, terms: Terms, **conventions: Any) -> str:
    contract = agreement(fixed_fee("31416.00"), terms, rule, **conventions)
    return amounts(statement(contract, {"level-1": counted}))["deduction-1"]


@pytest.mark.requirement("E19")
@pytest.mark.parametrize(
    ("counted", "full", "started", "proportional"),
    [
        ((900, 1000), "0.00", "0.00", "0.00"),  # on target
        ((901, 1000), "0.00", "0.00", "0.00"),
        ((899, 1000), "0.00", "-628.32", "-62.83"),  # a tenth of a point
        ((890, 1000), "-628.32", "-628.32", "-628.32"),  # exactly one
        ((887, 1000), "-628.32", "-1,256.64", "-816.82"),  # 1.3 points
        ((2, 3), "-14,451.36", "-15,079.68", "-14,660.80"),  # 23 1/3 points
        ((0, 10), "-56,548.80", "-56,548.80", "-56,548.80"),  # no cap was agreed
    ],
)
def test_two_percent_of_the_fee_for_each_point_below_ninety(
    counted: tuple[int, int], full: str, started: str, proportional: str
) -> None:
    for steps, expected in (("full", full), ("started", started), ("proportional", proportional)):
        assert deducted(counted, per_point(), level(target="0.90"), steps=steps) == expected


@pytest.mark.parametrize(
    ("mean_ms", "expected"),
    [(30_000, "0.00"), (30_999, "0.00"), (31_000, "-157.08"), (34_500, "-628.32")],
)
def test_half_a_percent_for_each_full_second_above_thirty(mean_ms: int, expected: str) -> None:
    terms = level("first_response_average", "30")
    assert deducted((mean_ms * 3, 3), per_point("1", "0.005"), terms) == expected


@pytest.mark.parametrize(
    ("counted", "expected"),
    [((8500, 10000), "0.00"), ((8495, 10000), "-1,570.80"), ((0, 1), "-1,570.80")],
)
def test_five_percent_for_a_month_below_85_however_far(
    counted: tuple[int, int], expected: str
) -> None:
    assert deducted(counted, per_miss("0.05"), level(target="0.85")) == expected


@pytest.mark.parametrize(
    ("counted", "cap", "expected"),
    [
        ((95, 100), None, "0.00"),  # five were late, but the level is met
        ((93, 100), None, "-350.00"),  # seven at 50.00, the target was 95 %
        ((0, 100), None, "-5,000.00"),
        ((0, 100), "0.10", "-3,141.60"),
        ((93, 100), "0.01", "-314.16"),
        ((93, 100), "0.00", "0.00"),
    ],
)
def test_fifty_yuan_for_each_late_answer_of_a_missed_month(
    counted: tuple[int, int], cap: str | None, expected: str
) -> None:
    rule = per_breach("50.00") if cap is None else per_breach("50.00", cap=cap)
    assert deducted(counted, rule, level(target="0.95")) == expected


@pytest.mark.parametrize(
    ("order", "mode", "expected"),
    [
        # the cap is 10 % of 100.05: 10.005
        ("cap_then_round", "half_up", "-10.01"),
        ("cap_then_round", "down", "-10.00"),
        ("round_then_cap", "half_up", "-10.00"),
        ("round_then_cap", "up", "-10.00"),
    ],
)
def test_the_cap_comes_before_or_after_the_rounding_as_agreed(
    order: str, mode: str, expected: str
) -> None:
    contract = agreement(
        fixed_fee("100.05"),
        level(),
        per_miss("0.50", cap="0.10"),
        cap_order=order,
        money_rounding={"unit": "0.01", "mode": mode},
    )
    assert amounts(statement(contract, {"level-1": (0, 1)}))["deduction-1"] == expected
