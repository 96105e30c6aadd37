"""How much of the fees is tax, said under the lines when the prices hold it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.documents.statement.taxes import tax_inside, tax_notes
from tests.support.contracts import agreement, amend, change, fixed_fee, headcount_fee, settled

RATES = st.sampled_from([Decimal(rate) for rate in ("0.01", "0.03", "0.06", "0.09", "0.13")])


def notes(*fees: dict[str, Any]) -> list[str]:
    contract = agreement(*fees)
    return tax_notes(settled(contract).to_plain(), contract, "zh")


def held(rate: str) -> dict[str, Any]:
    return {"tax_rate": rate, "tax_included": True}


@pytest.mark.requirement("E12")
def test_fees_of_one_rate_are_told_together() -> None:
    # 31,416.00 and 135 h × 40.00 = 5,400.00 together, × 6 ÷ 106 = 2,083.924…
    fees = [fixed_fee(**held("0.06")), headcount_fee(1, "40.00", "scheduled") | held("0.060")]
    said = notes(fees[0], fees[1] | {"id": "fee-2"})
    assert said == [
        "含税服务费 36,816.00 元：其中增值税（6%）2,083.92 元，不含税价款 34,732.08 元。"
    ]


def test_each_rate_has_its_sentence() -> None:
    other = headcount_fee(1, "40.00", "scheduled") | held("0.13") | {"id": "fee-2"}
    assert [note.partition("（")[2][:3] for note in notes(fixed_fee(**held("0.06")), other)] == [
        "6%）",
        "13%",
    ]


def test_a_rate_that_changes_inside_the_month_is_told_for_its_own_days() -> None:
    before, after = fixed_fee("31000.00", **held("0.06")), fixed_fee("31000.00", **held("0.03"))
    contract = amend(agreement(before), "2026-10-16", change(after))
    said = tax_notes(settled(contract).to_plain(), contract, "zh")
    # 15,000.00 × 6 ÷ 106 and 16,000.00 × 3 ÷ 103
    assert [note.partition("增值税")[2].partition("，")[0] for note in said] == [
        "（6%）849.06 元",
        "（3%）466.02 元",
    ]


@pytest.mark.parametrize(
    "said",
    [{}, {"tax_rate": "0.06"}, {"tax_rate": "0.06", "tax_included": False}, held("0")],
)
def test_nothing_is_said_where_no_tax_lies_inside(said: dict[str, Any]) -> None:
    assert notes(fixed_fee(**said)) == []


@given(st.integers(0, 10**9), RATES)
def test_price_and_tax_make_the_fee_and_the_tax_is_its_rate(fen: int, rate: Decimal) -> None:
    tax = tax_inside(fen, rate)
    assert 0 <= tax <= fen
    assert abs(tax - (fen - tax) * rate) <= Decimal("0.57")  # (1 + rate) × half a fen
