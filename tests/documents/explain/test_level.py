"""The prose about a level: how it was counted, what was taken out, how it was judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import Probe
from pactdesk.core.terms.text import contract_from_plain
from pactdesk.documents.explain.level import LevelUnknown, explain_level
from pactdesk.documents.explain.names import Names
from pactdesk.messages.catalogue import LANGUAGES, Language


def test_a_missed_level_says_what_was_counted_excluded_and_judged(month: Any) -> None:
    explained = explain_level(month.statement, month.contract, "level-1", "zh")
    assert explained.title == "首次响应及时率 90.7830…%：未达标"
    assert explained.numbers == (
        "共计 1,443 次会话，其中 1,310 次在 30 秒内得到人工首次响应，占 90.7830…%。"
    )
    assert explained.steps == (
        "不计入：客户在响应前离开，29 次。",
        "不计入：双方同意剔除（甲方网络割接），15 次。",
        "不作剔除时为 90.8030…%。",
        "约定目标 ≥ 95%，未达标。",
        "连同本月，已连续 3 个月未达标。",
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_level_is_explained_in_both_languages(month: Any, language: Language) -> None:
    for level in month.statement["levels"]:
        explained = explain_level(month.statement, month.contract, level["clause"], language)
        prose = explained.prose(language)
        assert explained.title in prose
        assert "{" not in prose


def test_a_sample_that_is_too_small_is_said(settled: Callable[..., Any]) -> None:
    month = settled({"level-4": {"minimum_sample": 1000}})
    steps = explain_level(month.statement, month.contract, "level-4", "zh").steps
    assert "样本不足：只有 304 次，约定至少 1000 次才作判定。" in steps


def test_time_that_no_probe_saw_is_said(settled: Callable[..., Any]) -> None:
    def is_kept(detail: Measured) -> bool:
        return not isinstance(detail, Probe)

    month = settled(keep=is_kept)
    explained = explain_level(month.statement, month.contract, "level-3", "zh")
    assert "没有探测记录的服务时间：144 小时，既不算可用也不算不可用。" in explained.steps
    assert "服务时间内没有任何探测记录，未测得可用率。" in explained.steps


def test_an_unknown_level_is_named(month: Any) -> None:
    with pytest.raises(LevelUnknown):
        explain_level(month.statement, month.contract, "fee-1", "zh")


@pytest.mark.parametrize(
    ("printed", "chinese", "english"),
    [
        ("4.1", "第 4.1 条", "Clause 4.1"),
        ("5.2/（1）", "第 5.2 条（1）", "Clause 5.2(1)"),
        ("第三条", "第三条", "第三条"),
        ("附件3", "附件3", "附件3"),
    ],
)
def test_clauses_are_named_as_the_paper_numbers_them(
    month_plain: dict[str, Any], printed: str, chinese: str, english: str
) -> None:
    clauses = [
        {**clause, "source": {**clause["source"], "clause": printed}}
        if clause["id"] == "level-1"
        else clause
        for clause in month_plain["clauses"]
    ]
    contract = contract_from_plain({**month_plain, "clauses": clauses})
    assert Names(contract, "zh").clause_number("level-1") == chinese
    assert Names(contract, "en").clause_number("level-1") == english
