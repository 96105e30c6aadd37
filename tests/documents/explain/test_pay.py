"""Why pay is what it is: every kind of line in both languages, without a word missing."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pactdesk.core.facts.families.staff import RewardGiven
from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from pactdesk.documents.explain.line import explain_line
from pactdesk.messages.catalogue import LANGUAGES, Language
from tests.clauses.test_fee_base_performance import pay as performance_pay
from tests.clauses.test_fee_commission import STEPS, book_of, commission
from tests.clauses.test_fee_hourly import NIGHT, REST, pay, worked
from tests.clauses.test_wages import deduction, lost, worked_twelve
from tests.support.contracts import agreement, level, settled
from tests.support.facts import Book
from tests.support.months import statement

_KEY = re.compile(r"\b(leaf|label|term|quantity|line|zero|zero_words|zero_short)\.[a-z_]+")
_REWARD = {"id": "reward-1", "kind": "reward", "cap": "40"}


def _settled(book: Book, *clauses: Any) -> tuple[Contract, Statement]:
    contract = agreement(*clauses)
    return contract, settled(contract, book.facts)


def _levels(met: int) -> tuple[Contract, Statement]:
    contract = agreement(level(), performance_pay())
    return contract, statement(contract, {"level-1": (met, 100)})


_NIGHT = "2026-10-12 20:00 2026-10-13 02:00"
_BACK = ("2026-09-28 12:00 o-1 paid 6000000", "2026-10-05 12:00 o-1 refunded 4000000")
MONTHS: dict[str, tuple[Contract, Statement]] = {
    "hourly": _settled(
        worked(_NIGHT, "2026-10-17 09:00 13:00"), pay(NIGHT, REST, overlap="highest")
    ),
    "no hours": _settled(Book(), pay(), _REWARD, deduction()),
    "clawback": _settled(book_of(*_BACK), commission(base_amount="1500.00", seats=3)),
    "bands": _settled(book_of(*_BACK), commission(tiers=STEPS, tiering="graduated")),
    "nothing sold": _settled(Book(), commission()),
    "cancelled": _settled(
        book_of("2026-10-05 12:00 o-1 paid 100", "2026-10-06 12:00 o-1 refunded 100"),
        commission(tiers=STEPS, tiering="whole_volume"),
    ),
    "performance": _levels(85),
    "no band": _levels(10),
    "wages": _settled(
        lost(worked_twelve(), 100_00).told("2026-10-20 18:00", RewardGiven("ann", 64_00, "good")),
        pay(),
        _REWARD,
        deduction(),
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("month", MONTHS)
def test_every_line_of_pay_says_why_in_words(month: str, language: Language) -> None:
    contract, made = MONTHS[month]
    for line in made.lines:
        told = explain_line(made.to_plain(), contract, line.number, language)
        said = f"{told.prose(language)} {told.short}"
        assert not _KEY.search(said), said


def test_a_clawback_is_told_as_one() -> None:
    contract, made = MONTHS["clawback"]
    assert "退款扣回的提成" in explain_line(made.to_plain(), contract, 1, "zh").prose("zh")


def test_bands_are_told_by_what_each_month_earned() -> None:
    contract, made = MONTHS["bands"]
    told = explain_line(made.to_plain(), contract, 1, "zh")
    # September had earned 500 + 200 and keeps 20,000 × 1 %
    assert "200.00 元 − 700.00 元 = −500.00 元" in told.numbers
