"""A defect is found in whatever words a lawyer gives it, and close words are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactdesk.core.terms.findings import Severity
from pactdesk.core.terms.text import plain_yaml
from pactdesk.documents.reading import read_contract
from tests.documents.defects.test_codes import source

_FILE = Path(__file__).with_name("wordings.yaml")
HEADS = {
    "firms": (
        "客服外包服务合同\n甲方（委托方）：宁波甲贸易有限公司\n乙方（服务商）：湖州乙科技有限公司\n"
        "第一条 服务\n1.1 乙方向甲方提供在线客服服务，甲方按月向乙方支付服务费用。\n"
    ),
    "worker": (
        "兼职客服协议\n甲方：义乌甲百货商行\n乙方：李小芳\n"
        "第一条 工作\n1.1 乙方为甲方的网店担任兼职客服，甲方向乙方支付报酬。\n"
    ),
}
GAPS = {"MISSING_ARTICLES"}
"""Wordings bring the article that they need, not those before it."""

TABLES = plain_yaml(_FILE.read_text("utf-8"), _FILE.name)


def rows(kind: str) -> list[tuple[str, str, str]]:
    return [
        (head, code, words)
        for head, codes in TABLES.items()
        for code, table in codes.items()
        for words in table.get(kind, ())
    ]


def errors(head: str, words: str) -> set[str]:
    own = "" if words.startswith("第") and "\n" in words else "第二条 约定\n"
    findings = read_contract(source(HEADS[head] + own + words)).findings
    return {f.code for f in findings if f.severity is Severity.ERROR} - GAPS


@pytest.mark.parametrize(("head", "code", "words"), rows("bad"))
def test_a_defect_is_found_in_these_words(head: str, code: str, words: str) -> None:
    assert code in errors(head, words)


@pytest.mark.parametrize(("head", "code", "words"), rows("good"))
def test_close_words_are_no_error(head: str, code: str, words: str) -> None:
    del code
    assert errors(head, words) == set()
