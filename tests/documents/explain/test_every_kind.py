"""Every kind of line is told as a person would: nothing of the machine stands in the sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from pactdesk.core.settle.adjustment import KIND
from pactdesk.core.settle.rules import RULES
from pactdesk.core.terms.contract import Contract
from pactdesk.documents.explain.explanation import Explanation
from pactdesk.documents.explain.line import explain_line
from pactdesk.messages.catalogue import LANGUAGES, Language
from tests.support.contracts import settled
from tests.support.rich_month import ended_statement, rich_contract, rich_statement
from tests.support.works import WorkBook

KINDS = sorted({rule.kind for rule in RULES} | {KIND})

_KEY = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b|\b(?:leaf|label|term|quantity|line|zero)\.[a-z]")
_CLAUSE_ID = re.compile(r"\b(?:fee|extra|deduction|event|level|cap|score|penalty|late)-\d")
_MACHINE = re.compile(r"[{}|]|None|Fraction|0\.000|\(\([^()]*\)\)|（（|））| ms\b|毫秒 ÷")
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_FACT_NAMES = re.compile(r"\b(?:chat|call|s|c-1)-[\w-]+")
"""Conversations and statements are named in the sentences as the evidence names them."""


def _months() -> Mapping[str, tuple[Contract, dict[str, Any]]]:
    ended, made = ended_statement()
    return {
        "all": (rich_contract(), rich_statement().to_plain()),
        "amended": (
            rich_contract(is_amended=True),
            rich_statement(is_amended=True).to_plain(),
        ),
        "ended": (ended, made.to_plain()),
    }


MONTHS = _months()


def told(month: str, kind: str, language: Language) -> list[tuple[dict[str, Any], Explanation]]:
    contract, statement = MONTHS[month]
    return [
        (line, explain_line(statement, contract, line["number"], language))
        for line in statement["lines"]
        if line["kind"] == kind
    ]


@pytest.mark.requirement("E11")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_part_of_every_kind_is_in_words(kind: str, language: Language) -> None:
    every = [each for month in MONTHS for each in told(month, kind, language)]
    assert every, "no month of this test has a line of the kind"
    for _, why in every:
        assert why.title
        assert why.words
        assert why.numbers
        assert why.short
        assert why.rounding
        assert why.facts
        said = _FACT_NAMES.sub("", f"{why.prose(language)}\n{why.short}")
        assert not _CLAUSE_ID.search(said), said
        for pattern in (_KEY, _MACHINE):
            assert not pattern.search(said), (pattern.search(said), said)
        if language == "zh":
            assert not _LETTERS.search(said), (_LETTERS.search(said), said)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"refund", "deposit"}))
def test_most_kinds_are_seen_with_an_amount_of_their_own(kind: str) -> None:
    """A month in which all is zero would show only why nothing is owed."""
    amounts = [line["amount_fen"] for month in MONTHS for line, _ in told(month, kind, "zh")]
    assert any(amounts)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("score_sheet", "第一项分值"),
        ("score_sheet", "扣分：计扣档数 7 档"),
        ("deduction", "第一档扣款比例"),
        ("deduction", "第 1–13 行合计"),
        ("deduction_overlap", "− (−1,426.23 元 + −1,604.51 元)"),
        ("deduction_overlap", "扣得较多的是 −1,604.51 元"),
        ("deduction_cap", "上限与本年度尚可扣款取较小者"),
        ("deduction_cap", "第 20 行 未通过验收部分扣款（当月工作）：−14,262.32 元。"),
        ("deduction_event", "按次扣款（数据泄露）"),
        ("delay_penalty", "迟延天数（至期末）：8 天。"),
        ("breach_penalty", "违约金（未提供资料）"),
        ("compensation", "以前月份已计赔偿 0.00 元"),
        ("fee_seats", "(5 天 ÷ 18 天，最多 2 人，不低于 1 人) × 5,400.00 元"),
        ("fee_headcount_hours", "核定在岗工时：45 小时，由逐毫秒的记录折算。"),
        ("fee_per_unit", "用量（消息）− 第一档上限"),
        ("adjustment", "按截至 2026-11-03 已知事实计算的 2026 年 9 月金额"),
    ],
)
def test_sentences_that_a_person_asked_for(kind: str, said: str) -> None:
    assert any(said in why.prose("zh") for _, why in told("all", kind, "zh"))


def test_what_is_taken_off_a_negative_amount_stands_in_brackets() -> None:
    overlap = told("all", "deduction_overlap", "en")[0][1]
    assert "CNY −1,604.51 − (CNY −3,030.74) = CNY 1,426.23." in overlap.prose("en")


def test_each_stretch_names_its_days() -> None:
    titles = [why.title for _, why in told("amended", "fee_fixed", "zh")]
    assert [title[-25:] for title in titles] == [
        "（2026-10-01 至 2026-10-15）",
        "（2026-10-16 至 2026-10-31）",
    ]


def test_a_refund_is_told_by_the_days_that_were_left() -> None:
    refund = told("ended", "refund", "zh")[0][1]
    assert "合同期剩余天数 72 天 ÷ 合同期总天数 365 天" in refund.prose("zh")


def test_a_deposit_that_is_asked_for_names_what_is_missing() -> None:
    made = settled(rich_contract(), WorkBook().facts, "2026-01").to_plain()
    line = next(each for each in made["lines"] if each["kind"] == "deposit")
    why = explain_line(made, rich_contract(), line["number"], "zh")
    assert "还应交押金 5,000.00 元。" in why.prose("zh")
