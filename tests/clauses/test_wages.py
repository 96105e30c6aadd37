"""Rewards (D30) and what damage may take off a wage (工资支付暂行规定 16).

12 hours at 28.00 are a wage of 336.00; a fifth of it is 67.20; 12 hours at 25.00 are 300.00.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pactdesk.core.facts.families.money import LossShown
from pactdesk.core.facts.families.staff import RewardGiven
from pactdesk.core.facts.names import Party
from pactdesk.core.settle.pay_warnings import PayWarning
from pactdesk.core.terms.clauses.pay_runs import PayRuns
from pactdesk.core.terms.text import TermsInvalid
from tests.clauses.test_fee_hourly import pay
from tests.support.contracts import Terms, agreement, amounts, settled
from tests.support.facts import Book
from tests.support.reference import page_of, rows_under, terms_on

BOTH = (Party.PROVIDER, Party.CLIENT)


def deduction(cap: str = "0.2", minimum: str = "20.00") -> Terms:
    return {
        "id": "damage-1",
        "kind": "wage_deduction",
        "cap": cap,
        "minimum_hourly": minimum,
    }


def worked_twelve() -> Book:
    return Book().seated("ann", "2026-10-12 08:00", "2026-10-12 20:00")


def lost(book: Book, fen: int, by: tuple[Party, ...] = BOTH) -> Book:
    told = LossShown("k-1", Party.CLIENT, fen, "1", "1", "1", "broken headset", by)
    return book.told("2026-10-13 09:00", told)


@pytest.mark.requirement("D10")
@pytest.mark.parametrize(
    ("fen", "minimum", "amount"),
    [
        (50_00, "20.00", "-50.00"),  # below a fifth
        (100_00, "20.00", "-67.20"),  # a fifth and no more
        (100_00, "25.00", "-36.00"),  # 336 − 300: the minimum wage stays
        (100_00, "30.00", "0.00"),  # the wage is below it already
    ],
)
def test_damage_takes_a_fifth_at_most_and_leaves_the_minimum_wage(
    fen: int, minimum: str, amount: str
) -> None:
    contract = agreement(pay(), deduction(minimum=minimum))
    made = settled(contract, lost(worked_twelve(), fen).facts)
    assert amounts(made) == {"fee-1": "336.00", "damage-1": amount}


def test_damage_that_one_side_alone_claims_takes_nothing() -> None:
    book = lost(worked_twelve(), 100_00, (Party.CLIENT,))
    made = settled(agreement(pay(), deduction()), book.facts)
    assert made.lines[1].trace.inputs[0].label == "no_damage"


def test_no_contract_can_agree_on_more_than_the_law_allows() -> None:
    with pytest.raises(TermsInvalid, match=r"damage-1\.cap"):
        agreement(pay(), deduction(cap="0.3"))


@pytest.mark.requirement("D30")
@pytest.mark.parametrize(
    ("granted", "cap", "amount"),
    [([], None, "0.00"), ([50_00, 80_00], None, "130.00"), ([50_00, 80_00], "100.00", "100.00")],
)
def test_granted_rewards_are_paid_up_to_the_cap(
    granted: list[int], cap: str | None, amount: str
) -> None:
    book = worked_twelve()
    for fen in granted:
        book.told("2026-10-20 18:00", RewardGiven("ann", fen, "no complaint"))
    book.told("2026-11-01 00:00", RewardGiven("ann", 99_00, "November"))
    reward: Terms = {"id": "reward-1", "kind": "reward"} | ({"cap": cap} if cap else {})
    made = settled(agreement(pay(), reward), book.facts)
    assert amounts(made)["reward-1"] == amount


def test_rewards_are_part_of_the_wage_that_damage_is_measured_by() -> None:
    book = lost(worked_twelve(), 100_00).told("2026-10-20 18:00", RewardGiven("ann", 64_00, "good"))
    made = settled(agreement(pay(), {"id": "reward-1", "kind": "reward"}, deduction()), book.facts)
    assert amounts(made)["damage-1"] == "-80.00"  # a fifth of 400


def test_the_worked_examples_on_the_pages() -> None:
    page = page_of("wage_deduction")
    (terms,) = terms_on(page)
    for damage, minimum, amount in rows_under(page, "Worked example"):
        book, fen = worked_twelve(), int(damage.replace(".", ""))
        if fen:
            lost(book, fen)
        made = settled(agreement(pay(), terms | {"minimum_hourly": minimum}), book.facts)
        assert amounts(made)["damage-1"] == amount, damage
    page = page_of("reward")
    for granted, amount in rows_under(page, "Worked example"):
        book = Book()
        for yuan in filter(None, granted.split(", ")):
            fen = int(yuan.replace(".", ""))
            book.told("2026-10-20 18:00", RewardGiven("ann", fen, "no complaint"))
        made = settled(agreement(pay(), *terms_on(page)), book.facts)
        assert amounts(made)["reward-1"] == amount, granted


def test_the_terms_on_the_page_of_pay_slips_are_terms() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/reference/payslip.md").read_text("utf-8")
    contract = agreement(pay(), *terms_on(page))
    assert [each.id for each in contract.of_kind(PayRuns)] == ["pay-1"]
    said = rows_under(page, "Warnings")
    assert [row[0].strip("`") for row in said] == [str(each) for each in PayWarning]
