"""Laws of deductions: capped, never a gain, and a better month never costs more."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.money import Money
from pactdesk.core.units.rounding import Rounding, RoundingMode
from tests.support.contracts import (
    agreement,
    deduction_cap,
    fixed_fee,
    level,
    per_breach,
    per_miss,
    per_point,
)
from tests.support.months import statement

MODES = st.sampled_from([str(mode) for mode in RoundingMode])
SHARES = st.integers(0, 100).map(lambda n: f"{n / 100:.2f}")
CONVENTIONS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "steps": st.sampled_from(["full", "started", "proportional"]),
        "cap_order": st.sampled_from(["cap_then_round", "round_then_cap"]),
        "money_rounding": st.fixed_dictionaries(
            {"unit": st.sampled_from(["0.01", "0.10", "1", "5"]), "mode": MODES}
        ),
    }
)
FEES = st.integers(0, 10**7).map(lambda fen: f"{fen / 100:.2f}")


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    more = {} if draw(st.booleans()) else {"cap": draw(SHARES)}
    kind = draw(st.sampled_from(["point", "miss", "breach"]))
    rate = draw(st.sampled_from(["0.00", "0.001", "0.02", "0.0333", "1.5"]))
    if kind == "point":
        return per_point(draw(st.sampled_from(["0.01", "0.03", "0.005"])), rate, **more)
    if kind == "miss":
        return per_miss(rate, **more)
    return per_breach(draw(st.sampled_from(["0.00", "0.85", "50.00", "0.005"])), **more)


@dataclass(frozen=True)
class Case:
    contract: Contract
    rule: dict[str, Any]
    fee: Fraction
    rounding: Rounding


@st.composite
def cases(draw: st.DrawFn) -> Case:
    rule, conventions, fee = draw(rules()), draw(CONVENTIONS), draw(FEES)
    contract = agreement(fixed_fee(fee), level(target="0.90"), rule, **conventions)
    agreed = conventions["money_rounding"]
    rounding = Rounding(Fraction(agreed["unit"]), RoundingMode(agreed["mode"]))
    return Case(contract, rule, rounding(Fraction(fee)), rounding)


def taken(of: Statement, clause: str = "deduction-1") -> Money:
    return next(line.amount for line in of.lines if line.clause == clause)


COUNTS = st.integers(1, 300).flatmap(
    lambda whole: st.tuples(st.integers(0, whole), st.integers(0, whole), st.just(whole))
)


@pytest.mark.requirement("E19")
@given(cases(), COUNTS)
def test_a_better_month_never_costs_the_provider_more(
    case: Case, counts: tuple[int, int, int]
) -> None:
    worse, better = sorted(counts[:2])
    costs = [
        taken(statement(case.contract, {"level-1": (good, counts[2])})) for good in (worse, better)
    ]
    assert costs[0] <= costs[1] <= Money(0)


@given(cases(), COUNTS)
def test_a_deduction_never_exceeds_its_cap(case: Case, counts: tuple[int, int, int]) -> None:
    cost = -taken(statement(case.contract, {"level-1": (counts[0], counts[2])})).yuan
    assert cost >= 0
    if "cap" in case.rule:
        cap = Fraction(case.rule["cap"]) * case.fee
        capped_first = case.contract.value("conventions-1.cap_order") == "cap_then_round"
        assert cost <= (case.rounding(cap) if capped_first else cap)


@given(cases(), COUNTS)
def test_a_level_on_target_costs_nothing(case: Case, counts: tuple[int, int, int]) -> None:
    good, _, whole = counts
    if Fraction(good, whole) >= Fraction(9, 10):
        assert taken(statement(case.contract, {"level-1": (good, whole)})) == Money(0)


@st.composite
def several(draw: st.DrawFn) -> tuple[Contract, Fraction, Fraction]:
    """Three levels, each with a deduction, under one common cap."""
    conventions, fee, cap = draw(CONVENTIONS), draw(FEES), draw(SHARES)
    clauses = [fixed_fee(fee), deduction_cap(cap)]
    for n in (1, 2, 3):
        clauses.append(level(target="0.90", id=f"level-{n}"))
        clauses.append(draw(rules()) | {"id": f"deduction-{n}", "level": f"level-{n}"})
    contract = agreement(*clauses, **conventions)
    agreed = conventions["money_rounding"]
    rounding = Rounding(Fraction(agreed["unit"]), RoundingMode(agreed["mode"]))
    down = Rounding(rounding.unit, RoundingMode.DOWN)
    return contract, rounding(Fraction(fee)), down(Fraction(cap) * rounding(Fraction(fee)))


@given(several(), st.lists(st.integers(0, 100), min_size=6, max_size=6))
def test_the_common_cap_gives_back_exactly_what_is_too_much(
    given_: tuple[Contract, Fraction, Fraction], counts: list[int]
) -> None:
    contract, fee, cap = given_
    levels = {f"level-{n}": (counts[n - 1], 100) for n in (1, 2, 3)}
    made = statement(contract, levels)
    deducted = -sum(taken(made, f"deduction-{n}").fen for n in (1, 2, 3))
    given_back = taken(made, "cap-1")
    assert given_back.yuan == max(Fraction(0), Fraction(deducted, 100) - cap)
    assert made.total.yuan >= fee - max(cap, Fraction(0))


@given(several(), st.lists(st.integers(0, 100), min_size=6, max_size=6))
def test_under_the_common_cap_too_a_better_month_never_costs_more(
    given_: tuple[Contract, Fraction, Fraction], counts: list[int]
) -> None:
    contract = given_[0]
    pairs = [sorted(pair) for pair in zip(counts[:3], counts[3:], strict=True)]
    worse, better = (
        statement(contract, {f"level-{n}": (pairs[n - 1][side], 100) for n in (1, 2, 3)})
        for side in (0, 1)
    )
    assert worse.total <= better.total


@given(CONVENTIONS, st.integers(1, 50), st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_shorter_mean_never_costs_more(
    conventions: dict[str, Any], answers: int, one: int, other: int
) -> None:
    contract = agreement(
        fixed_fee(),
        level("first_response_average", "30"),
        per_point("1", "0.01", cap="0.20"),
        **conventions,
    )
    quick, slow = sorted((one, other))
    costs = [taken(statement(contract, {"level-1": (ms, answers)})) for ms in (slow, quick)]
    assert costs[0] <= costs[1] <= Money(0)
