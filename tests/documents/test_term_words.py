"""The clauses of a contract in words: no key of the terms; shares in percent, seconds plain."""

from __future__ import annotations

import re

import pytest

from pactdesk.core.terms.contract import kind_name
from pactdesk.documents.term_words import TermWords
from pactdesk.messages.catalogue import LANGUAGES, Language
from tests.support.rich_month import rich_contract

_KEY = re.compile(r"\b[a-z]+_[a-z_]+\b|\{")
_PLAIN_CHINESE = re.compile(r"[A-Za-z]{2,}")
_CLAUSE_ID = re.compile(r"\b[a-z]+-\d+\b")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_clause_is_shown_in_words(language: Language) -> None:
    words = TermWords(language)
    for clause in rich_contract().clauses:
        kind = words.kind_name(kind_name(type(clause)))
        for name, value in words.rows(clause):
            said = _CLAUSE_ID.sub("", f"{kind} {name} {value}")
            assert not _KEY.search(said), said
            if language == "zh":
                assert not _PLAIN_CHINESE.search(said), said


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("score-1", "不作判定的项 按全额支付"),
        ("score-1", "付款比例：95%"),
        ("deduction-1", "低于（高于）：90%，比例：1%"),
        ("deduction-2", "最差值：50%，比例：3%"),
        ("deduction-3", "每档：1，比例：0.1%"),
        ("fee-10", "达到：60%，付款比例：60%"),
        ("delay-1", "完成期限 2026-10-20"),
        ("event-1", "事件 数据泄露"),
        ("fee-8", "名称：系统上线"),
        ("reward-1", "每月上限（元） 100.00"),
    ],
)
def test_a_share_is_told_in_percent_and_a_choice_in_the_words_of_its_field(
    clause: str, said: str
) -> None:
    rows = TermWords("zh").rows(rich_contract().clause(clause))
    assert said in "\n".join(f"{name} {value}" for name, value in rows)
