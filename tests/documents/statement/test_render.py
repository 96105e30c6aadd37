"""The PDF: every figure is on it, nothing in it is read as markup, nothing leaves the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pypdfium2 as pdfium
import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.terms.text import contract_from_plain
from pactdesk.documents.statement.render import render_statement
from pactdesk.documents.statement.view import Recheck, statement_bytes, statement_hash
from pactdesk.messages.catalogue import LANGUAGES, Language

RECHECK = Recheck(key_id="provider-2026", bundle="DEMO-2026-07-2026-10.pactbundle")
STRANGE = "#let x = *1* $y$ @z \\ `r` <t> // c _e_ = h [b] {d}"
_MM = 72 / 25.4


def _rendered(month: Any, language: Language = "zh", *, demo: bool = False) -> bytes:
    return render_statement(
        month.statement,
        month.contract,
        language=language,
        demo=demo,
        recheck=RECHECK,
        calendar=load_china(),
    )


def _pages(pdf: bytes) -> list[str]:
    with pdfium.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def _text(pdf: bytes) -> str:
    """All words, without the breaks of lines."""
    return re.sub(r"\s+", "", "".join(_pages(pdf)))


@pytest.fixture(scope="module")
def chinese(month: Any) -> bytes:
    return _rendered(month, demo=True)


def test_every_amount_and_verdict_is_on_the_first_page(chinese: bytes) -> None:
    first = _pages(chinese)[0]
    for said in (
        *("月度结算单", "DEMO-2026-07-2026-10", "49,270.73", "肆万玖仟贰佰柒拾元柒角叁分"),
        *("20,000.00", "32,763.90", "−4,221.11", "−2,638.20", "2,638.20", "727.94", "0.00"),
        *(
            "90.78",
            "1,310 / 1,443",
            "未达标",
            "3 个月",
            "收到发票后 10 个工作日内付款（第 5.1 条）",
        ),
        *("委托方自 2026-11-01 起有权解除合同（第 7.5 条）", "58,210.75", "11 天"),
    ):
        assert said in first, said


def test_rights_that_differ_only_in_their_level_are_one_sentence(chinese: bytes) -> None:
    said = _text(chinese)
    assert (
        "“首次响应及时率”、“系统可用率”、“客户满意度”、“平均首次响应时间（在线）”本月未达标" in said
    )
    assert said.count("要求服务方整改") == 1


def test_names_are_printed_as_they_are_written(chinese: bytes) -> None:
    assert "杭州#橙子*商贸$有限公司@\\1" in _pages(chinese)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_a_contract_is_read_as_markup(
    month_plain: dict[str, Any], month: Any, language: Language
) -> None:
    parties = {
        "id": "parties-1",
        "kind": "parties",
        "provider": {"label": STRANGE, "name": STRANGE, "address": STRANGE},
        "client": {"label": STRANGE, "name": STRANGE},
    }
    clauses = []
    for clause in month_plain["clauses"]:
        changed = parties if clause["id"] == "parties-1" else dict(clause)
        if "source" in clause:
            changed["source"] = {**clause["source"], "quote": STRANGE, "clause": STRANGE}
        if clause["kind"] == "service_level":
            changed["title"] = STRANGE
        clauses.append(changed)
    contract = contract_from_plain({**month_plain, "title": STRANGE, "clauses": clauses})
    pdf = render_statement(
        month.statement, contract, language=language, demo=False, recheck=RECHECK
    )
    assert _text(pdf).count(re.sub(r"\s+", "", STRANGE)) > 20


def test_the_same_statement_gives_the_same_bytes(month: Any, chinese: bytes) -> None:
    assert _rendered(month, demo=True) == chinese


def test_the_statement_itself_is_inside(month: Any, chinese: bytes) -> None:
    with pdfium.PdfDocument(chinese) as document:
        assert document.count_attachments() == 1
        attached = document.get_attachment(0)
        assert attached.get_name() == "statement.json"
        assert bytes(attached.get_data()) == statement_bytes(month.statement)
    assert statement_hash(month.statement) in _text(chinese)
    assert b"pdfaid" in chinese


def test_demo_keys_are_marked_on_every_page_and_only_then(month: Any, chinese: bytes) -> None:
    assert all("演示密钥 DEMO" in page for page in _pages(chinese))
    assert "演示" not in _text(_rendered(month))


def test_it_says_how_to_recheck_and_leaves_room_for_both_seals(chinese: bytes) -> None:
    said = _text(chinese)
    command = (
        "pactverify DEMO-2026-07-2026-10.pactbundle --trust keys.json --since last-checkpoint.json"
    )
    assert command.replace(" ", "") in said, "it must survive being copied"
    assert "5e" * 32 in said
    assert said.count("盖章处") == 2
    assert said.count("授权代表签字") == 2


def test_in_english_nothing_but_names_and_quotes_is_chinese(month: Any) -> None:
    said = "".join(_pages(_rendered(month, "en")))
    for words in ("Monthly statement", "Amount due", "CNY", "How each amount came about"):
        assert words in said
    for words in ("结算明细", "计算过程", "未达标扣款", "依据的事实"):
        assert words not in said


def test_what_the_provider_owes_is_called_so(settled: Callable[..., Any]) -> None:
    rule = {"kind": "per_breach", "amount": "1000.00"}
    month = settled({"deduction-1": {"rule": rule, "cap": None}, "cap-1": {"of_fee": "1"}})
    assert month.statement["total_fen"] < 0 or "cap" in month.statement["lines"][5]["kind"]
    statement = {**month.statement, "total_fen": -120_340}
    pdf = render_statement(statement, month.contract, demo=False, recheck=RECHECK)
    first = _pages(pdf)[0]
    assert "本期应退" in first
    assert "由 苏州云语客户服务有限公司 付给 杭州" in first
    assert "壹仟贰佰零叁元肆角整" in first


def test_a_due_day_that_the_calendar_tells_is_printed(settled: Callable[..., Any]) -> None:
    month = settled({"payment-1": {"due": {"kind": "day_of_month", "n": 15}}})
    first = _pages(_rendered(month))[0]
    assert "次月 15 日前付款，即 2026-11-16 前（含当日）（第 5.1 条）" in first


def test_twenty_lines_and_long_quotes_stay_on_the_page(
    month_plain: dict[str, Any], settled: Callable[..., Any]
) -> None:
    month = settled()
    deduction = month.statement["lines"][2]
    extra = [{**deduction, "number": number} for number in range(8, 28)]
    statement = {**month.statement, "lines": [*month.statement["lines"], *extra]}
    clauses = [
        {**c, "source": {**c["source"], "quote": "各项指标由双方按月核对。" * 150}}
        if c["id"] in ("deduction-1", "fee-1")
        else c
        for c in month_plain["clauses"]
    ]
    contract = contract_from_plain({**month_plain, "clauses": clauses})
    pdf = render_statement(statement, contract, demo=False, recheck=RECHECK)
    assert "第 27 行" in "".join(_pages(pdf))
    for left, bottom, right, top in _text_boxes(pdf):
        assert left >= 18 * _MM
        assert right <= (210 - 18) * _MM
        assert bottom >= 9 * _MM
        assert top <= (297 - 15) * _MM


def _text_boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    boxes = []
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            words = page.get_textpage()
            boxes += [words.get_rect(index) for index in range(words.count_rects())]
    return boxes
