"""“还能迟到 3 次” is exact: three more cost nothing more, a fourth does."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.settle.slack import misses_left
from pactdesk.core.terms.clauses.conventions import Steps
from pactdesk.core.terms.clauses.deduction import Deduction
from tests.support.contracts import agreement, level, per_breach, per_miss, per_point

RULES = {
    "none": None,
    "miss": per_miss,
    "breach": per_breach,
    "point": per_point,
    "capped": lambda: per_point(cap="0.2"),
}


def rule_of(name: str) -> Deduction | None:
    made: Any = RULES[name]
    return None if made is None else agreement(level(), made()).of_kind(Deduction)[0]


def cost(good: int, whole: int, target: Fraction, rule: str, steps: Steps) -> Fraction:
    """Something that grows exactly when the deduction does."""
    if whole == 0 or Fraction(good, whole) >= target:
        return Fraction(0)
    if rule in ("none", "miss"):
        return Fraction(1)
    if rule == "breach":
        return Fraction(1 + whole - good)
    parts = (target - Fraction(good, whole)) / Fraction(1, 100)
    if rule == "capped":  # at 2 % a point
        parts = min(parts, Fraction(10))
    if steps is Steps.PROPORTIONAL:
        return 1 + Fraction(parts)
    # The level itself being missed counts as the first change, also within the first full step.
    return Fraction(1 + (floor(parts) if steps is Steps.FULL else ceil(parts)))


@given(
    st.integers(0, 300),
    st.integers(0, 60),
    st.integers(1, 100),
    st.sampled_from(sorted(RULES)),
    st.sampled_from(Steps),
)
def test_so_many_more_misses_cost_nothing_more_and_one_beyond_does(
    good: int, missed: int, percent: int, rule: str, steps: Steps
) -> None:
    whole, target = good + missed, Fraction(percent, 100)
    left = misses_left((good, whole), target, rule_of(rule), steps)
    now = cost(good, whole, target, rule, steps)
    if left is None:
        assert cost(good, whole + 10_000, target, rule, steps) == now
        return
    assert cost(good, whole + left, target, rule, steps) == now
    assert cost(good, whole + left + 1, target, rule, steps) > now


@pytest.mark.parametrize(
    ("counted", "left"), [((98, 100), 8), ((90, 100), 0), ((0, 0), 0), ((895, 1000), 5)]
)
def test_examples_at_a_target_of_90_percent(counted: tuple[int, int], left: int) -> None:
    found = misses_left(counted, Fraction(9, 10), rule_of("point"), Steps.FULL)
    assert found == left
