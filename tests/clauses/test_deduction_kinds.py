"""扣款 by tiers, by a straight line, in the months of grace (E76, PRACTICE 3)."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.settle.consequences.owed.interpolated import WorstNotWorse
from tests.support.contracts import agreement, amounts, assessment, deduction, fixed_fee, level
from tests.support.months import statement

Terms = dict[str, Any]


def tiers(*pairs: tuple[str, str]) -> Terms:
    every = [{"beyond": beyond, "rate": rate} for beyond, rate in pairs]
    return deduction({"kind": "tiered", "tiers": every})


def deducted(counted: tuple[int, int], rule: Terms, terms: Terms, *more: Terms, **told: Any) -> str:
    contract = agreement(fixed_fee("31416.00"), terms, rule, *more)
    return amounts(statement(contract, {"level-1": counted}, **told))["deduction-1"]


@pytest.mark.requirement("E76")
@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        ((950, 1000), "0.00"),  # on target
        ((949, 1000), "0.00"),  # missed, but not below 90 %
        ((900, 1000), "0.00"),  # exactly 90 % is not below it
        ((899, 1000), "-1,570.80"),  # 5 % of 31,416.00
        ((850, 1000), "-1,570.80"),
        ((849, 1000), "-4,712.40"),  # 15 %
        ((0, 1), "-4,712.40"),
    ],
)
def test_below_90_percent_costs_5_percent_and_below_85_15(
    counted: tuple[int, int], expected: str
) -> None:
    rule = tiers(("0.90", "0.05"), ("0.85", "0.15"))
    assert deducted(counted, rule, level(target="0.95")) == expected


@pytest.mark.parametrize(
    ("mean_ms", "expected"),
    [(30_000, "0.00"), (45_000, "0.00"), (45_001, "-314.16"), (60_001, "-942.48")],
)
def test_tiers_above_a_mean_of_seconds(mean_ms: int, expected: str) -> None:
    rule = tiers(("45", "0.01"), ("60", "0.03"))
    assert deducted((mean_ms, 1), rule, level("first_response_average", "30")) == expected


@pytest.mark.requirement("E76")
@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        ((900, 1000), "0.00"),
        # From 90 % (nothing) to 80 % (20 % of 31,416.00 = 6,283.20): 85 % is half way.
        ((850, 1000), "-3,141.60"),
        ((893, 1000), "-439.82"),  # 0.07 of the way: 439.824
        ((800, 1000), "-6,283.20"),
        ((500, 1000), "-6,283.20"),
    ],
)
def test_a_straight_line_from_the_target_to_the_worst_value(
    counted: tuple[int, int], expected: str
) -> None:
    rule = deduction({"kind": "interpolated", "worst": "0.80", "rate": "0.20"})
    assert deducted(counted, rule, level(target="0.90")) == expected


def test_a_worst_value_that_is_better_than_the_target_is_refused() -> None:
    rule = deduction({"kind": "interpolated", "worst": "0.95", "rate": "0.20"})
    with pytest.raises(WorstNotWorse) as refused:
        deducted((1, 2), rule, level(target="0.90"))
    assert refused.value.facts == {"clause": "deduction-1", "level": "level-1"}


@pytest.mark.parametrize(
    ("start", "month", "expected"),
    [
        ("2026-10-01", "2026-10", "0.00"),
        ("2026-10-01", "2026-11", "0.00"),
        ("2026-10-01", "2026-12", "-1,570.80"),
        ("2026-09-01", "2026-11", "-1,570.80"),
    ],
)
def test_in_the_first_two_months_a_miss_costs_nothing(
    start: str, month: str, expected: str
) -> None:
    contract = agreement(
        fixed_fee("31416.00"),
        level(target="0.95"),
        tiers(("0.95", "0.05")),
        assessment(grace_months=2),
        start=start,
    )
    made = statement(contract, {"level-1": (1, 2)}, month=month)
    assert amounts(made)["deduction-1"] == expected
