"""考核评分表 and 超额奖励 (PRACTICE 3): a hundred points decide which share of the fee is paid."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.facts.families.works import ScoreGiven
from pactdesk.core.facts.names import Party
from pactdesk.core.measure.level import Standing
from pactdesk.core.settle.consequences.score_sheet import BandsUnordered
from pactdesk.core.settle.counting import Records
from pactdesk.core.settle.statement import settle
from tests.support.contracts import PINS, agreement, amounts, fixed_fee, level, settled
from tests.support.facts import Book
from tests.support.months import a_level, a_month

Terms = dict[str, Any]
BOTH = (Party.PROVIDER, Party.CLIENT)

ITEMS: list[Terms] = [
    # Each started or full point below costs 2 points of 60 (每低1%扣2分，扣完为止).
    {"kind": "level", "level": "level-1", "weight": "60", "step": "0.01", "points": "2"},
    {"kind": "given", "item": "service", "weight": "40"},
]
BANDS = [("0", "0.70"), ("70", "0.80"), ("80", "0.95"), ("90", "1"), ("98", "1.05")]


def sheet(**more: Any) -> Terms:
    bands = [{"score": score, "payable": payable} for score, payable in BANDS]
    terms: Terms = {"id": "score-1", "kind": "score_sheet", "items": ITEMS, "bands": bands}
    return terms | more


def changed(counted: tuple[int, int], *marks: int, judged: bool = True, **more: Any) -> str:
    contract = agreement(fixed_fee("10000.00"), level(target="0.95"), sheet(**more))
    book = Book()
    for points in marks:
        book.told("2026-11-02 10:00", ScoreGiven("service", "2026-10", points, 100, BOTH))
    book.told("2026-11-02 11:00", ScoreGiven("service", "2026-11", 1, 100, BOTH))
    book.told("2026-11-03 10:00", ScoreGiven("service", "2026-10", 1, 100, (Party.CLIENT,)))
    month = a_month(contract, {"level-1": counted})
    if not judged:
        missing = a_level(contract, counted=counted, standing=Standing.NOT_JUDGED)
        object.__setattr__(month, "levels", (missing,))
    made = settle(contract, month, (), PINS, Records(tuple(book.facts)))
    return amounts(made)["score-1"]


@pytest.mark.requirement("E76", "C35", "E19")
@pytest.mark.parametrize(
    ("counted", "mark", "expected"),
    [
        ((95, 100), 100, "500.00"),  # 60 + 40 = 100: 105 % is paid
        ((95, 100), 90, "0.00"),  # 60 + 36 = 96
        ((92, 100), 90, "0.00"),  # 54 + 36 = 90: exactly at the band
        ((91, 100), 90, "-500.00"),  # 52 + 36 = 88
        ((85, 100), 90, "-2,000.00"),  # 40 + 36 = 76: 80 %
        ((0, 100), 100, "-3,000.00"),  # 0, never below, + 40
    ],
)
def test_the_score_decides_what_is_paid(counted: tuple[int, int], mark: int, expected: str) -> None:
    assert changed(counted, mark) == expected


def test_the_last_agreed_mark_of_the_month_counts() -> None:
    assert changed((95, 100), 50, 100) == "500.00"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("full", "0.00"), ("left_out", "-500.00")],
)
def test_an_item_that_is_not_judged_counts_in_full_or_is_left_out(rule: str, expected: str) -> None:
    # In full: 60 + 36 = 96 points. Left out: 34 of 40 stretch to 85 points of 100.
    mark = 90 if rule == "full" else 85
    assert changed((1, 2), mark, judged=False, unjudged=rule) == expected


def test_a_level_of_nothing_that_is_agreed_to_be_met_keeps_its_points() -> None:
    # 60 points although nobody wrote, and 40 without a mark: 100 points, 105 % is paid.
    clauses = (fixed_fee("10000.00"), level(target="0.95"), sheet())
    assert amounts(settled(agreement(*clauses, zero_volume="met")))["score-1"] == "500.00"


def test_without_a_mark_the_item_counts_in_full() -> None:
    assert changed((95, 100)) == "500.00"


def test_a_straight_line_between_the_bands() -> None:
    # 52 + 36 = 88 lies eight tenths of the way from 80 (95 %) to 90 (100 %): 99 %.
    assert changed((91, 100), 90, between="line") == "-100.00"


def test_bands_that_do_not_rise_are_refused() -> None:
    with pytest.raises(BandsUnordered):
        changed((95, 100), 90, bands=[{"score": "60", "payable": "1"}])


@pytest.mark.requirement("E76")
@pytest.mark.parametrize(
    ("counted", "cap", "expected"),
    [
        ((95, 100), None, "0.00"),
        ((94, 100), None, "0.00"),  # missed
        ((979, 1000), None, "200.00"),  # two full points of one percent
        ((100, 100), None, "500.00"),
        ((100, 100), "0.03", "300.00"),
        ((0, 0), None, "0.00"),  # nobody came: nothing was better
    ],
)
def test_each_full_point_above_the_target_earns_one_percent(
    counted: tuple[int, int], cap: str | None, expected: str
) -> None:
    bonus: Terms = {"id": "bonus-1", "kind": "bonus", "level": "level-1"}
    bonus |= {"step": "0.01", "rate": "0.01"} | ({} if cap is None else {"cap": cap})
    contract = agreement(fixed_fee("10000.00"), level(target="0.95"), bonus, zero_volume="met")
    made = settle(contract, a_month(contract, {"level-1": counted}), (), PINS)
    assert amounts(made)["bonus-1"] == expected
