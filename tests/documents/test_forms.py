"""One paper in every form in which it can arrive gives the same summary."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pactdesk.documents.fonts import FontsMissing, font_paths
from pactdesk.documents.formats.docx import View
from pactdesk.documents.source import source_in
from pactdesk.documents.summary.summary import summary_of
from tests.support.papers import W, docx_of, docx_with, html_of, paragraph, pdf_of

BUILD = Path(__file__).parent / "contracts" / "build"
# Of each type and each quality, with tables, blanks, glosses and what stands apart.
CHOSEN = ("01", "05", "08", "21", "38", "43", "50", "58")
NOT_VALUES = ("id", "spans", "confidence", "derived")

pytestmark = pytest.mark.requirement("T1", "T3")


@cache
def text_of(name: str) -> str:
    return (BUILD / f"{name}.txt").read_text("utf-8")


@cache
def values_of_text(name: str) -> dict[str, Any]:
    return values("a.txt", text_of(name).encode())


def values(file: str, content: bytes, view: View | None = None) -> dict[str, Any]:
    summary = summary_of(source_in(file, content, view))
    return {key: value for key, value in summary.items() if key not in NOT_VALUES}


def numbered(text: str) -> bytes:
    """Articles numbered by Word: 第…条 stands nowhere in the text."""
    lists = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        "</w:numbering>"
    )
    place = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    blocks = []
    for line in text.split("\n"):
        article = re.match(r"第[一二三四五六七八九十]+条\s*", line)
        plain = paragraph(line[article.end() :] if article else line)
        blocks.append(plain.replace("<w:p>", place, 1) if article else plain)
    return docx_with("".join(blocks), numbering=lists)


def boxed(text: str) -> bytes:
    """Everything before the first article in a text box, the rest in controls and tables."""
    head, mark, rest = text.partition("第一条")
    inside = "".join(map(paragraph, head.rstrip("\n").split("\n")))
    box = f"<w:p><w:r><w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></w:r></w:p>"
    blocks = [
        f"<w:sdt><w:sdtContent>{paragraph(line)}</w:sdtContent></w:sdt>"
        for line in (mark + rest).split("\n")
    ]
    return docx_with(box + "".join(blocks))


def changed(text: str) -> bytes:
    """Every line inserted as a tracked change, behind a deleted one that says otherwise."""
    gone = "<w:del><w:r><w:delText>每月服务费人民币1元，</w:delText></w:r></w:del>"
    lines = "".join(map(paragraph, text.split("\n")))
    begun = lines.replace("<w:r>", f"{gone}<w:ins><w:r>")
    return docx_with(begun.replace("</w:r></w:p>", "</w:r></w:ins></w:p>"))


@pytest.mark.parametrize("name", CHOSEN)
def test_word_and_html_say_what_the_text_says(name: str) -> None:
    text, expected = text_of(name), values_of_text(name)
    assert values("a.docx", docx_of(text)) == expected
    assert values("a.html", html_of(text).encode()) == expected
    assert values("a.md", text.encode()) == expected


@pytest.mark.parametrize("name", ["01", "08"])
@pytest.mark.parametrize("form", [numbered, boxed])
def test_numbers_boxes_and_controls_of_word_change_nothing(
    name: str, form: Callable[[str], bytes]
) -> None:
    assert "第二条" in text_of(name)
    assert values("a.docx", form(text_of(name))) == values_of_text(name)


def test_the_accepted_side_of_changes_is_the_text_and_the_original_is_not() -> None:
    content = changed(text_of("01"))
    assert values("a.docx", content, "accepted") == values_of_text("01")
    assert values("a.docx", content, "original") != values_of_text("01")


@pytest.mark.parametrize("name", ["01", "08"])
@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_encoding_says_the_same(name: str, encoding: str) -> None:
    content = text_of(name).encode(encoding)
    assert values("a.txt", content) == values_of_text(name)
    page = html_of(text_of(name)).replace("<head>", f'<head><meta charset="{encoding}">')
    assert values("a.html", page.encode(encoding)) == values_of_text(name)


@pytest.mark.parametrize("name", ["11", "12", "23"])
def test_traditional_characters_in_their_own_encoding_say_the_same(name: str) -> None:
    # What Big5 does not have, a paper in Big5 does not have either.
    content = text_of(name).encode("big5", "ignore")
    expected = values("a.txt", content.decode("big5").encode())
    assert expected["language"] == "zh-Hant"
    assert values("a.txt", content) == expected


def chinese_fonts() -> list[str]:
    try:
        return [str(font_paths().folder)]
    except FontsMissing:
        return []


# Without the fonts there is no Chinese page to read; nothing is collected then.
if chinese_fonts():

    @pytest.mark.parametrize("name", [n for n in CHOSEN if n != "43"])
    def test_a_pdf_says_what_the_text_says(name: str) -> None:
        assert values("a.pdf", pdf_of(text_of(name), chinese_fonts())) == values_of_text(name)

    @pytest.mark.parametrize("name", ["01", "05", "08"])
    def test_a_pdf_in_two_columns_says_it_too(name: str) -> None:
        content = pdf_of(text_of(name), chinese_fonts(), columns=2)
        assert values("a.pdf", content) == values_of_text(name)
