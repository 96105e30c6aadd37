"""Lines broken at the width of a page are put together; free lines stay as they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pactdesk.documents.normalise.hard_wraps import without_hard_wraps

CLAUSES = (
    "第一条 乙方为甲方提供在线客服服务，甲方按月向乙"
    "方支付服务费，双方应当遵守平台规则并互相配合工作。",
    "第二条 合同期限为一年，自二〇二六年三月一日起至二"
    "〇二七年二月二十八日止，期满双方可以协商续签合同。",
    "第三条 甲方逾期付款的，每日按应付未付金额的万分"
    "之五支付违约金，逾期超过三十日的乙方可以暂停服务。",
    "第四条 双方对在合作中知悉的对方商业秘密负有保密"
    "义务，该义务在合同终止后三年内继续有效且不得违反。",
)


def wrapped(text: str, width: int) -> str:
    lines = []
    for line in text.split("\n"):
        lines += [line[at : at + width] for at in range(0, len(line), width)] or [""]
    return "\n".join(lines)


@given(st.integers(18, 24))
def test_a_page_that_was_broken_is_whole_again(width: int) -> None:
    text = "\n".join(CLAUSES * 2)
    assert without_hard_wraps(wrapped(text, width)).text == text


@given(
    st.lists(st.sampled_from([*CLAUSES, "甲方：某公司", "（一）客服；", "二、费用"]), max_size=12)
)
def test_lines_that_end_where_sentences_end_stay(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert without_hard_wraps(text).text == text


@given(st.text("甲乙方应付费，。\n 1、", max_size=400))
def test_nothing_but_line_breaks_and_indents_is_lost(text: str) -> None:
    after = without_hard_wraps(text).text
    assert "".join(after.split()) == "".join(text.split())
