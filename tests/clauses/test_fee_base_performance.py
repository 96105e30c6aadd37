"""底薪+绩效: 3 persons × (3,000 + 1,000 × what the level reached)."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.measure.level import Standing
from pactdesk.core.settle.fees.base_performance import PerformanceBandsDisordered
from pactdesk.core.settle.statement import settle
from tests.support.contracts import (
    PINS,
    Terms,
    agreement,
    amend,
    amounts,
    change,
    fixed_fee,
    level,
    settled,
)
from tests.support.months import a_level, a_month, statement
from tests.support.reference import page_of, rows_under, terms_on

BANDS = [{"reached": "0.80", "payable": "0.6"}, {"reached": "0.90", "payable": "1"}]


def pay(**more: Any) -> Terms:
    return {
        "id": "fee-1",
        "kind": "fee_base_performance",
        "headcount": 3,
        "base_amount": "3000.00",
        "performance_amount": "1000.00",
        "level": "level-1",
        "bands": BANDS,
        "unjudged": "in_full",
    } | more


@pytest.mark.requirement("D30", "E10")
@pytest.mark.parametrize(
    ("met", "amount"),
    [
        (79, "9,000.00"),  # no band
        (80, "10,800.00"),  # 9,000 + 3,000 × 0.6
        (89, "10,800.00"),
        (90, "12,000.00"),
        (100, "12,000.00"),
    ],
)
def test_the_best_band_that_was_reached_is_paid(met: int, amount: str) -> None:
    made = statement(agreement(level(), pay()), {"level-1": (met, 100)})
    assert amounts(made) == {"fee-1": amount}


@pytest.mark.parametrize(
    ("seconds", "amount"), [(30, "12,000.00"), (60, "10,800.00"), (61, "9,000.00")]
)
def test_of_a_time_the_bands_go_down(seconds: int, amount: str) -> None:
    bands = [{"reached": "60", "payable": "0.6"}, {"reached": "30", "payable": "1"}]
    contract = agreement(level("first_response_average", "30"), pay(bands=bands))
    made = statement(contract, {"level-1": (seconds * 1000, 1)})
    assert amounts(made) == {"fee-1": amount}


@pytest.mark.parametrize(
    ("unjudged", "amount"), [("in_full", "12,000.00"), ("nothing", "9,000.00")]
)
def test_a_level_that_was_not_judged_pays_as_agreed(unjudged: str, amount: str) -> None:
    contract = agreement(level(), pay(unjudged=unjudged))
    silent = a_level(contract, counted=(0, 0), standing=Standing.NOT_JUDGED)
    month = a_month(contract)
    object.__setattr__(month, "levels", (silent,))
    assert amounts(settle(contract, month, (), PINS)) == {"fee-1": amount}


def test_a_level_without_a_value_pays_as_agreed_also_when_zero_volume_is_met() -> None:
    contract = agreement(level(), pay(), zero_volume="met")
    assert amounts(settled(contract)) == {"fee-1": "12,000.00"}
    assert amounts(settled(agreement(level(), pay(unjudged="nothing"), zero_volume="met"))) == {
        "fee-1": "9,000.00"
    }


def test_bands_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(PerformanceBandsDisordered):
        statement(agreement(level(), pay(bands=BANDS[::-1])))


def test_the_worked_example_on_the_page() -> None:
    page = page_of("fee_base_performance")
    contract = agreement(level(), *terms_on(page))
    for percent, amount in rows_under(page, "Worked example"):
        made = statement(contract, {"level-1": (int(percent), 100)})
        assert amounts(made) == {"fee-1": amount}, percent


def test_a_change_of_another_fee_need_not_say_how_the_level_is_judged() -> None:
    contract = agreement(level(), fixed_fee("3100.00", id="fee-2"), pay(unjudged="nothing"))
    dearer = fixed_fee("6200.00", id="fee-2")
    made = settled(amend(contract, "2026-10-17", change(dearer)))
    assert [(line.clause, str(line.amount)) for line in made.lines] == [
        ("fee-2", "1,600.00"),  # 16 days at 100
        ("fee-2", "3,000.00"),  # 15 days at 200
        ("fee-1", "9,000.00"),
    ]


def test_nor_need_it_say_how_the_tax_on_the_performance_is_judged() -> None:
    # 6 % of 12,000.00, by the days before and after the other fee rises.
    contract = agreement(
        level(), pay(tax_rate="0.06", tax_included=False), fixed_fee("1000.00", id="fee-2")
    )
    amended = amend(contract, "2026-10-16", change(fixed_fee("2000.00", id="fee-2")))
    taxes = [str(line.amount) for line in settled(amended).lines if line.kind == "vat"]
    assert taxes == ["348.39", "371.61"]
