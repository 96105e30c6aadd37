"""PDF files: sentences whole again, page furniture set aside, scans refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import typst

from pactdesk.documents.errors import EncryptedFile, NotADocument, ScannedPdf
from pactdesk.documents.fonts import FontsMissing, font_paths
from pactdesk.documents.formats.pdf import pdf_text
from pactdesk.documents.normalise.page_layout import without_page_layout
from pactdesk.documents.outline import outline_of
from pactdesk.documents.source import read_source
from pactdesk.messages.catalogue import say

PAGE = """#set page(width: 300pt, height: 160pt, header: [Service Agreement],
  footer: context [Page #counter(page).display()])
"""
CONTRACT = (
    PAGE
    + """
1. The provider answers calls and writes the monthly report that the client needs for planning.

2. The client pays within ten working days.
#pagebreak()
3. Late payment costs 0.05% a day.
#pagebreak()
4. Disputes go to the court.
"""
)
CHINESE = """#set page(width: 300pt, height: 400pt)
#set text(font: "Noto Sans SC", lang: "zh")
第一条 服务内容

乙方为甲方提供电话与在线客服服务，负责接听客户来电、解答客户咨询、处理客户投诉并收集客户建议，按月提交报告。

第二条 服务费用

甲方每月支付服务费人民币20,000元。
"""


def pdf(markup: str, fonts: list[str] | None = None) -> bytes:
    # Its stubs want text and font folders to be of one type, which bytes and paths are not.
    compile_markup: Any = typst.compile
    made = compile_markup(markup.encode(), font_paths=fonts or [])
    assert isinstance(made, bytes)
    return made


@pytest.fixture(scope="module")
def contract() -> bytes:
    return pdf(CONTRACT)


def test_a_sentence_broken_over_lines_is_one_again(contract: bytes) -> None:
    text = without_page_layout(pdf_text(contract, file="a.pdf")).text
    assert "writes the monthly report that the client needs" in " ".join(text.split(" "))
    assert len(text.strip().splitlines()) == 4


def test_heads_feet_and_page_numbers_are_removed_and_logged(
    contract: bytes, tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(contract)
    source = read_source(tmp_path / "a.pdf")
    assert "Page" not in source.text
    assert "Service Agreement" not in source.text
    assert [cut.text for cut in source.removed].count("Service Agreement\n") == 3
    assert [clause.number for clause in outline_of(source)] == ["1", "2", "3", "4"]


def test_a_quote_from_a_pdf_leads_back_to_its_lines(contract: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(contract)
    source = read_source(tmp_path / "a.pdf")
    start = source.text.index("monthly")
    quote = source.original_quote(start, start + len("monthly report"))
    assert quote.split() == ["monthly", "report"]
    assert "\n" in quote


@pytest.mark.parametrize("empty_pages", [1, 3])
def test_a_scan_is_refused(empty_pages: int) -> None:
    scan = pdf("#pagebreak()\n" * (empty_pages - 1) + "#rect(width: 80%, height: 80%)")
    with pytest.raises(ScannedPdf) as refusal:
        pdf_text(scan, file="扫描.pdf")
    assert refusal.value.facts == {"file": "扫描.pdf", "pages": empty_pages}
    assert "扫描件" in say(refusal.value, "zh")


def test_a_broken_pdf_is_no_document() -> None:
    with pytest.raises(NotADocument):
        pdf_text(b"%PDF-1.7\n%%EOF", file="a.pdf")


def test_a_pdf_with_a_password_is_named_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_: bytes) -> None:
        raise pypdfium2.PdfiumError("Failed to load document (PDFium: Incorrect password error).")

    monkeypatch.setattr(pypdfium2, "PdfDocument", locked)
    with pytest.raises(EncryptedFile):
        pdf_text(b"%PDF-1.7", file="a.pdf")


def chinese_fonts() -> list[str]:
    try:
        return [str(font_paths().folder)]
    except FontsMissing:
        return []


# Without the fonts there is no Chinese page to read; nothing is collected then.
if chinese_fonts():

    def test_a_chinese_sentence_is_joined_without_spaces(tmp_path: Path) -> None:
        (tmp_path / "a.pdf").write_bytes(pdf(CHINESE, chinese_fonts()))
        source = read_source(tmp_path / "a.pdf")
        assert source.text.splitlines() == [
            "第一条 服务内容",
            "乙方为甲方提供电话与在线客服服务，负责接听客户来电、解答客户咨询、"
            "处理客户投诉并收集客户建议，按月提交报告。",
            "第二条 服务费用",
            "甲方每月支付服务费人民币20,000元。",
        ]

    @pytest.mark.parametrize("more", ["", "之", "该次"])
    def test_a_figure_at_the_beginning_of_a_line_is_no_clause(tmp_path: Path, more: str) -> None:
        words = f"{more}乙方每迟到一次，甲方有权从当月应付的服务费中扣减人民币 80 元。"
        page = CHINESE.partition("第一条")[0] + words
        (tmp_path / "a.pdf").write_bytes(pdf(page, chinese_fonts()))
        assert "人民币80元" in read_source(tmp_path / "a.pdf").text
