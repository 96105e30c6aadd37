"""Clauses found by their numbers: with or without line breaks, whatever figures stand inside."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.documents.contents import contents_in
from pactdesk.documents.numbering import marks_in
from pactdesk.documents.numerals import chinese, ordinal
from pactdesk.documents.outline import ClauseText, outline_of_text

# Sentences full of numbers that are not clause numbers.
SENTENCES = [
    "甲方应在收到发票后15个工作日内付款。",
    "逾期的，每日按未付款项的0.5‰支付违约金，不超过3.5%。",
    "加班按1.5倍计价，单价0.78元。",
    "争议可参照本合同第十条的争议解决方式进行。",
    "应按照本协议第一、二条的约定提供服务。",
    "本合同自2024年1月1日起生效，至2026.12.31止。",
    "按照第三条约定支付，第(1)项除外。",
    "服务时间为9:00-18:30，响应时间2.5小时。",
    "依据《民法典》第五百条处理。",
    "系统可用率不低于99.9%；故障4小时内恢复。",
    "合同金额为人民币20,000.00元。",
]
HEADINGS = ["服务内容", "服务费用与支付", "违约责任", "保密条款", "其他约定"]


@st.composite
def contracts(draw: st.DrawFn) -> tuple[str, list[tuple[str, str]]]:
    """A text, and each clause's label with its own words."""
    top = draw(st.sampled_from(["第{}条", "{}、"]))
    lower = draw(st.sampled_from(["decimal", "arabic", "bracket"]))
    if top == "第{}条" and lower == "arabic":
        lower = "decimal"
    deep = draw(st.booleans())
    between = draw(st.sampled_from(["", "\n", "\n\n"]))
    clauses = []
    for number in range(1, draw(st.integers(2, 13))):
        clauses.append((top.format(chinese(number)), draw(st.sampled_from(HEADINGS))))
        for item in range(1, draw(st.integers(3, 5))):
            label = {
                "decimal": f"{number}.{item}",
                "arabic": f"{item}.",
                "bracket": f"({item})",
            }[lower]
            clauses.append((label, draw(st.sampled_from(SENTENCES))))
            if deep and lower == "decimal":
                clauses += [
                    (f"{label}.{leaf}", draw(st.sampled_from(SENTENCES))) for leaf in (1, 2)
                ]
    return between.join(label + words for label, words in clauses), clauses


def own_words(text: str, clause: ClauseText) -> str:
    return text[clause.start : clause.end]


@given(contracts())
@pytest.mark.requirement("T4")
def test_every_clause_is_found_and_no_sentence_is_split(
    contract: tuple[str, list[tuple[str, str]]],
) -> None:
    text, clauses = contract
    found = [(c.label, own_words(text, c)) for c in outline_of_text(text)]
    assert found == [(label, label + words) for label, words in clauses]


@given(contracts())
def test_numbers_are_unique_and_spans_nest(
    contract: tuple[str, list[tuple[str, str]]],
) -> None:
    text, _ = contract
    outline = outline_of_text(text)
    assert max(Counter(c.number for c in outline).values()) == 1
    for clause in outline:
        assert clause.start < clause.end <= clause.whole_end <= len(text)
    for one, other in pairwise(outline):
        assert one.end <= other.start
        inside = other.start < one.whole_end
        assert inside == (other.depth > one.depth)


@given(st.text("第一二条、.()（）1234567890甲方。\n：:附件a目录", max_size=80))
def test_any_text_has_an_outline_that_covers_it_once(text: str) -> None:
    outline = outline_of_text(text)
    listed = contents_in(text, marks_in(text))
    covered = [False] * len(text)
    for clause in outline:
        for position in range(clause.start, clause.end):
            assert not covered[position]
            covered[position] = True
    for position, character in enumerate(text):
        if listed and listed.span[0] <= position < listed.span[1]:
            continue
        assert covered[position] or character.isspace()


def numbers(text: str) -> list[str]:
    return [clause.number for clause in outline_of_text(text)]


def test_what_stands_before_the_first_clause_is_the_head() -> None:
    assert numbers("客服合同\n甲方:A公司\n第一条 服务。\n第二条 费用。") == [
        "首部",
        "第一条",
        "第二条",
    ]


def test_the_signature_block_is_no_part_of_the_last_clause() -> None:
    text = (
        "一、服务1.1提供。二、其他2.1两份。甲方(盖章):乙方(盖章):签订日期:____年"
        "一、附件列表:1.流程2.模板二、违约:1.逾期。2.泄密。"
    )
    assert numbers(text) == [
        "一", "1.1", "二", "2.1", "签署页", "签署页/一", "签署页/一/1", "签署页/一/2",
        "签署页/二", "签署页/二/1", "签署页/二/2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "block",
    [
        "甲方（盖章）：        乙方（盖章）：",
        "甲方：某某公司（盖章）",
        "（以下无正文）",
        "甲方代表（签字）：",
        "甲方(签字或盖章):",
    ],
)
def test_each_way_to_sign_ends_the_clauses(block: str) -> None:
    text = f"合同\n甲方：某某公司\n第一条 服务。\n第二条 经甲方盖章后生效。\n{block}\n2026年1月1日"
    assert numbers(text) == ["首部", "第一条", "第二条", "签署页"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一条、服务:见第二条、第三条。\n第二条、费用", ["第一条", "第二条"]),
        ("第 一 条 服务\n第 二 条 费用", ["第一条", "第二条"]),
        ("1. 服务\n3 名客服值班。\n2. 费用\n3 保密\n", ["1", "2", "3"]),
        ("一．服务\n二．费用", ["一", "二"]),
        ("1. 服务\n(a) 电话\n(b) 在线", ["1", "1/(a)", "1/(b)"]),
        (
            "第一章 总则\n第一条 目的。\n第二章 服务\n第二条 时间\n2.1 每日。",
            ["第一章", "第一条", "第二章", "第二条", "2.1"],
        ),
        ("# 合同\n**第一条** 服务\n- 1.1 电话\n- 1.2 在线", ["首部", "第一条", "1.1", "1.2"]),
    ],
)
def test_numbers_are_found_as_people_write_them(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.requirement("T4")
def test_a_second_part_that_counts_again_keeps_its_numbers_apart() -> None:
    text = (
        "第一部分:合同正文第一条:服务1.1提供服务。第二条:费用2.1付款。"
        "第二部分:第三方介入后的修正第一条:概念1.1第三方是指他人。"
    )
    assert numbers(text) == [
        "第一部分", "第一条", "1.1", "第二条", "2.1",
        "第二部分", "第二部分/第一条", "第二部分/1.1",
    ]  # fmt: skip


def test_unnumbered_headings_group_the_lists_below_them() -> None:
    text = (
        "一、目的\n合作。\n二、费用\n1.按月。\n2.按年。\n"
        "付款方式:\n一、周期\n按月。\n二、方式\n1.转账。\n2.支票。\n"
    )
    assert numbers(text) == [
        "一", "二", "二/1", "二/2",
        "付款方式", "付款方式/一", "付款方式/二", "付款方式/二/1", "付款方式/二/2",
    ]  # fmt: skip


def test_a_clause_that_is_missing_does_not_stop_the_count() -> None:
    assert numbers("第一条:甲1.1服务。第二条:乙2.1付款。第八条:丙8.1保密。") == [
        "第一条", "1.1", "第二条", "2.1", "第八条", "8.1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("第一条 服务内容\n乙方提供服务。", "服务内容"),
        ("第一条 范围  服务商承担日常维护。", "范围"),
        ("第一条 结算。逐月结算。", "结算"),
        ("第一条 响应时间:应在一分钟内首次响应。", "响应时间"),
        ("第一条 甲方应在每月五日前付款。", ""),
    ],
)
def test_headings_are_told_from_sentences(words: str, heading: str) -> None:
    (clause,) = outline_of_text(words)
    assert clause.heading == heading


CONTENTS = (
    "合同本合同目录一览1.服务内容1.1范围1.2时间2.费用2.1计算"
    "第一部分:正文第一条:服务内容1.1范围服务包括电话。1.2时间每日。"
)


@pytest.mark.requirement("T4")
def test_a_table_of_contents_is_kept_apart() -> None:
    contents = contents_in(CONTENTS, marks_in(CONTENTS))
    assert contents is not None
    assert [(entry.number, entry.heading) for entry in contents.entries] == [
        ("1", "服务内容"), ("1.1", "范围"), ("1.2", "时间"), ("2", "费用"), ("2.1", "计算"),
    ]  # fmt: skip
    assert numbers(CONTENTS) == ["首部", "第一部分", "第一条", "1.1", "1.2"]


def test_page_numbers_of_a_table_of_contents_are_no_part_of_its_headings() -> None:
    text = (
        "目 录\n第一条 服务......1\n第二条 费用......2\n第三条 保密......3\n第四条 其他......4\n"
        "第一条 服务\n甲方。\n第二条 费用\n乙方。"
    )
    contents = contents_in(text, marks_in(text))
    assert contents is not None
    assert [entry.heading for entry in contents.entries] == ["服务", "费用", "保密", "其他"]
    assert numbers(text) == ["第一条", "第二条"]


@given(st.integers(1, 199))
def test_chinese_numbers_are_read_as_they_are_written(value: int) -> None:
    assert ordinal(chinese(value)) == value
