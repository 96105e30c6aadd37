"""Texts that nobody means well: refused in a sentence, or read to the end."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from scripts import fuzz_reading

from pactdesk.documents.errors import (
    ArchiveTooLarge,
    FileEmpty,
    FileTooLarge,
    NotADocument,
    SentencesMissing,
    TextTooLong,
    TooManyPages,
)
from pactdesk.documents.formats import archive, pdf
from pactdesk.documents.formats.docx import docx_text
from pactdesk.documents.formats.extracted import Extracted
from pactdesk.documents.formats.html import html_text
from pactdesk.documents.reading import read_contract
from pactdesk.documents.source import SourceText, source_from, source_in
from pactdesk.documents.summary.summary import summary_of
from pactdesk.messages.catalogue import say
from tests.support.laws import cases
from tests.support.papers import W, docx_of, docx_with, paragraph

BUILD = sorted((Path(__file__).parent / "contracts" / "build").glob("*.txt"))
# Each with a figure after it: the same words exactly, again and again, are refused.
PIECES = [
    "甲方:",
    "每月",
    "1.1 ",
    "__ ",
    "扣,",
    "1一",
    "(）",
    "9% ",
    "2026年",
    "第一条",
    "连续三个月",
]
WORDS = st.sampled_from(
    [
        "甲方",
        "乙方",
        "应当",
        "每月",
        "10日",
        "前",
        "支付",
        "服务费",
        "20,000元",
        "不低于",
        "95%",
        "万分之五",
        "逾期",
        "30日",
        "暂停",
        "服务",
        "____",
        "。",
        "；",
        "\n第一条",
        "1.1",
        "（一）",
        "接通率",
        "投诉",
        "24小时",
        "内",
        "办结",
        "扣减",
        "每",
        "低于",
        "1个百分点",
        "保密",
        "三年",
        "自动",
        "续期",
        "一年",
        "仲裁",
        "法院",
    ]
)


def source_of(text: str) -> SourceText:
    return source_from(Extracted(text), name="paper.txt", kind="txt", sha256="0" * 64)


@cache
def text_at(paper: Path) -> str:
    return paper.read_text("utf-8")


def test_twenty_megabytes_are_refused_before_they_are_read() -> None:
    with pytest.raises(TextTooLong):
        source_of("甲方应当支付服务费。" * 2_000_000)


def test_a_paper_of_five_hundred_pages_is_a_text_like_others() -> None:
    page = text_at(BUILD[0])
    source = source_of((page * (500_000 // len(page) + 1))[:500_000])
    assert len(source.text) > 400_000


def test_a_text_without_stops_and_lines_is_told_as_such() -> None:
    words = "".join(f"甲方第{number}次支付服务费" for number in range(2_000))
    with pytest.raises(SentencesMissing) as refusal:
        source_of(words)
    assert "换行" in say(refusal.value, "zh")


@pytest.mark.parametrize(("name", "most"), [("a.txt", 2_400_000), ("a.md", 2_400_000)])
def test_a_file_that_is_all_text_and_too_large_is_not_even_decoded(name: str, most: int) -> None:
    with pytest.raises(FileTooLarge) as refusal:
        source_in(name, b"\xff" * (most + 1))
    assert refusal.value.facts["limit"] == most


def test_no_part_of_a_word_file_is_parsed_that_would_fill_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archive, "_LARGEST_PART", 200)
    with pytest.raises(ArchiveTooLarge):
        docx_text(docx_of("甲方付款。" * 40), file="a.docx", view=None)


def test_a_pdf_of_too_many_pages_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_MOST_PAGES", 2)
    made = typst.compile(b"#pagebreak()\n#pagebreak()\na")
    with pytest.raises(TooManyPages):
        pdf.pdf_text(made, file="a.pdf")


@pytest.mark.parametrize(
    "endless",
    [
        *("1" * 20_000, "1,2.3" * 5_000, "一二" * 9_000, "甲" * 9_000),
        *("甲2222222222" * 5 + "2" * 222 + "分", "逾期付款的，按日支付2月" * 393),
    ],
)
def test_figures_and_words_without_end_are_no_document(endless: str) -> None:
    with pytest.raises(NotADocument):
        source_of("客服合同 " + endless)


@pytest.mark.parametrize("leader", ["…" * 400, "." * 900, "_" * 3000, "— " * 300, "　" * 3000])
def test_leaders_and_open_places_may_be_long(leader: str) -> None:
    assert source_of(f"客服合同\n第一条 费用{leader}3\n甲方每月支付服务费{leader}元。\n").text


def test_a_marked_section_that_no_browser_knows_is_a_comment() -> None:
    page = "<p>第一条 付款</p><![CDAT<p>甲方付款。</p><![if !vml]><p>乙方服务。</p><![CDATA[x]]>"
    assert html_text(page).split() == ["第一条", "付款", "甲方付款。", "乙方服务。"]


@pytest.mark.parametrize("nothing", ["", "  \n\t ", "\u3000"])
def test_nothing_is_no_contract(nothing: str) -> None:
    with pytest.raises(FileEmpty):
        source_of(nothing)


@pytest.mark.parametrize("piece", PIECES)
def test_the_same_words_again_and_again_come_to_an_end(piece: str) -> None:
    text = "".join(f"{piece}{number}" for number in range(8_000 // (len(piece) + 4)))
    assert summary_of(source_of(text))["spans"] is not None


@settings(max_examples=cases(60), deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=120))
def test_any_words_of_contracts_give_a_summary(words: list[str]) -> None:
    text = "".join(words)
    if text.strip():
        summary = summary_of(source_of(text))
        assert json.loads(json.dumps(summary)) == summary
        assert all(words in text for words in summary["spans"].values())


@settings(max_examples=cases(25), deadline=None)
@given(st.sampled_from(BUILD), st.randoms(use_true_random=False))
def test_a_torn_and_shuffled_contract_gives_a_summary(paper: Path, chance: Random) -> None:
    lines = text_at(paper).splitlines()
    chance.shuffle(lines)
    text = "\n".join(line[chance.randint(0, 9) :] for line in lines)
    summary = summary_of(source_of(text or "空"))
    assert all(0 < sure <= 1 for sure in summary["confidence"].values())


@settings(max_examples=cases(25), deadline=None)
@given(st.sampled_from(BUILD), st.randoms(use_true_random=False))
def test_other_figures_never_break_the_summary(paper: Path, chance: Random) -> None:
    digits = str.maketrans({d: chance.choice("0123456789") for d in "0123456789"})
    summary_of(source_of(text_at(paper).translate(digits)))


@pytest.mark.parametrize(
    "words",
    [
        "考核得分90分(含)以上、99999999999999999999999999999999999分以下的,按90%支付。",
        "甲方应在收到发票后99999999999999999999999999999999999个工作日内支付服务费。",
        "甲方每月支付服务费999999999999999999999999999999999亿亿万元。",
        "合同期限自2026年1月1日起99999个月。",
        "合同期限自2026年1月1日起,为期亿亿亿年。",
        "甲方每月支付服务费8000元,应在每月0日前付清。",
        "甲方每季度支付服务费8000元,应在收到发票后0个工作日内付清。",
        "合同期限自9999年12月1日至9999年12月31日。",
    ],
)
def test_a_number_that_nobody_means_breaks_nothing(words: str) -> None:
    text = (
        f"客服外包服务合同\n甲方：宁波甲有限公司\n乙方：湖州乙有限公司\n第一条 约定\n1.1 {words}\n"
    )
    source = source_of(text)
    assert summary_of(source)["provider_name"] == "湖州乙有限公司"
    assert read_contract(source).contract.clauses


@pytest.mark.parametrize("number", ["x", "", "-1", "999999999999999999999"])
def test_a_list_level_that_is_no_number_numbers_nothing(number: str) -> None:
    lists = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    place = f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="1"/></w:numPr>'
    line = paragraph("甲方付款。").replace("<w:p>", f"<w:p><w:pPr>{place}</w:pPr>", 1)
    text = docx_text(docx_with(line, numbering=lists), file="a.docx", view=None).text
    assert text.endswith("甲方付款。\n")


@pytest.mark.parametrize("open_tag", ["<p " + "a" * 3000, "<!--", "<![CDATA[", "<script>", "&#x"])
def test_tags_that_never_close_are_read_in_one_pass(open_tag: str) -> None:
    page = "<p>第一条 付款</p>" + open_tag * (2_000_000 // len(open_tag)) + "<p>甲方付款。</p>"
    assert html_text(page).startswith("第一条 付款")


def test_a_picture_in_a_page_is_no_text() -> None:
    page = f'<p>第一条 付款<img src="data:image/png;base64,{"A" * 300_000}"></p><p>甲方付款。</p>'
    assert html_text(page).split() == ["第一条", "付款", "甲方付款。"]


def test_long_figures_everywhere_are_read_in_their_whole_length() -> None:
    text = text_at(BUILD[0]).replace("条", "条" + "1" * 120)
    assert summary_of(source_of(text))["spans"] is not None


def test_some_torn_papers_neither_crash_nor_hang(tmp_path: Path) -> None:
    """The beginning of what scripts/fuzz_reading.py does for an hour."""
    assert fuzz_reading.main(["--inputs", "25", "--seed", "7", "--keep", str(tmp_path)]) == 0
