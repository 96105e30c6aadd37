"""扣款封顶: all deductions of a month together."""

from __future__ import annotations

import pytest

from tests.support.contracts import agreement, amounts, deduction_cap, fixed_fee, level, per_miss
from tests.support.months import statement


@pytest.mark.parametrize(
    ("fee", "cap", "missed", "given_back", "total"),
    [
        ("31416.00", "0.10", 0, "0.00", "31,416.00"),
        ("31416.00", "0.10", 1, "0.00", "29,845.20"),  # 5 % of 31,416.00 is 1,570.80
        ("31416.00", "0.10", 2, "0.00", "28,274.40"),  # exactly at the cap
        ("31416.00", "0.06", 2, "1,256.64", "29,531.04"),  # 3,141.60 over 1,884.96
        ("31416.00", "0.00", 2, "3,141.60", "31,416.00"),
        ("100.05", "0.03", 2, "7.00", "97.05"),  # 2 × 5.00 over 3.0015, which is 3.00
    ],
)
def test_what_is_above_the_common_cap_is_given_back(
    fee: str, cap: str, missed: int, given_back: str, total: str
) -> None:
    contract = agreement(
        fixed_fee(fee),
        *(level(id=f"level-{n}") for n in (1, 2)),
        *(per_miss("0.05", id=f"deduction-{n}", level=f"level-{n}") for n in (1, 2)),
        deduction_cap(cap),
    )
    made = statement(contract, {f"level-{n + 1}": (0, 1) for n in range(missed)})
    assert (amounts(made)["cap-1"], str(made.total)) == (given_back, total)


def test_without_deductions_there_is_nothing_to_cap() -> None:
    contract = agreement(fixed_fee("100.00"), deduction_cap("0.10"))
    assert amounts(statement(contract)) == {"fee-1": "100.00", "cap-1": "0.00"}
