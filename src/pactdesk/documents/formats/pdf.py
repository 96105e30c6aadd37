"""PDF with text: lines of a page back to sentences, headers and page numbers set aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pactdesk.documents.errors import EncryptedFile, NotADocument, ScannedPdf, TooManyPages
from pactdesk.documents.formats.extracted import Extracted
from pactdesk.documents.normalise.gloss import HAN
from pactdesk.documents.numbering import marks_in
from pactdesk.documents.offsets import Span

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_FEWEST_CHARACTERS = 15
"""Per page; a scan has none, or the stamp of the scanner."""
_MOST_PAGES = 2_000
_EDGE = 2
"""Running heads and feet are among the first and the last lines of a page."""
_MOST = 0.6
_FULL = 0.8
"""A line at least this full, of the widest, was broken by the page and not by its author."""
_FEW = 0.95
_PAGE_NUMBER = re.compile(
    r"^\W{0,3}(?:第 ?)?(?:\d{1,4}|[ivxlc]{1,6})(?: ?页)?(?:[ /,，]*共? ?\d{1,4} ?页?)?\W{0,3}$"
)
_GAP = re.compile(f"(?<=[{HAN}]) (?=[0-9])|(?<=[0-9%]) (?=[{HAN}])")
# 扣/80 元 at the end of a full line: a figure with what it counts begins no clause.
_COUNTED = re.compile(
    r"\d{1,2}[:：]\d\d|\d[\d,.]* ?"
    r"(?:%|％|‰|元|万|个|日|天|月|年|次|小时|分钟|秒|人|名|份|倍|周|工作日|百分)"
)
_LABEL = re.compile(r"\s*(?:第\S{1,4}[条章]|[\d.]+)")
_ENDS = ("。", "；", ";", "：", ":", "！", "？", "!", "?")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    page: int
    edge: bool

    @property
    def pattern(self) -> str:
        """The same for "第 3 页" and "第 4 页"."""
        return re.sub(r"\d+", "#", " ".join(self.text.split()))

    @property
    def width(self) -> int:
        return sum(1 if character < "\u2e80" else 2 for character in self.text)


def pdf_text(content: bytes, *, file: str) -> Extracted:
    """The text of a PDF.

    raises  EncryptedFile, NotADocument, TooManyPages, ScannedPdf: it has pages but next to no text
    """
    pages = _pages(content, file)
    if sum(len("".join(page.split())) for page in pages) < _FEWEST_CHARACTERS * len(pages):
        raise ScannedPdf(file=file, pages=len(pages))
    text = "".join(page + "\n" for page in pages)
    lines = list(_lines(pages))
    furniture = _furniture(lines, len(pages))
    kept = [line for line in lines if line not in furniture]
    return Extracted(
        text=text,
        furniture=tuple((line.start, line.end + 1) for line in lines if line in furniture),
        joins=tuple(sorted([*_joins(text, kept), *_gaps(kept)])),
    )


def _pages(content: bytes, file: str) -> list[str]:
    import pypdfium2  # takes a tenth of a second, which readers of text files should not wait

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower():
            raise EncryptedFile(file=file) from None
        raise NotADocument(file=file) from None
    try:
        if len(document) > _MOST_PAGES:
            raise TooManyPages(file=file, pages=len(document), limit=_MOST_PAGES)
        return [_page(document[number]) for number in range(len(document))]
    except pypdfium2.PdfiumError:
        raise NotADocument(file=file) from None
    finally:
        document.close()


def _page(page: PdfPage) -> str:
    words = page.get_textpage()
    text = str(words.get_text_range())
    words.close()
    page.close()
    # U+FFFE and U+0002 stand where PDFium took out a hyphen at a line end.
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "").replace("\x02", "")


def _lines(pages: list[str]) -> Iterator[_Line]:
    start = 0
    for number, page in enumerate(pages):
        lines = page.split("\n")
        written = [index for index, line in enumerate(lines) if line.strip()]
        edges = {*written[:_EDGE], *written[-_EDGE:]}
        for index, line in enumerate(lines):
            yield _Line(start, start + len(line), line, number, index in edges)
            start += len(line) + 1


def _furniture(lines: list[_Line], pages: int) -> frozenset[_Line]:
    """Lines at the edges of pages that most pages have, and page numbers there."""
    edges = [line for line in lines if line.edge]
    seen = Counter(pattern for pattern, _ in {(line.pattern, line.page) for line in edges})
    often = {pattern for pattern, count in seen.items() if count >= max(2, pages * _MOST)}
    return frozenset(
        line
        for line in edges
        if line.pattern in often
        # On a single page 12 may be a figure; 第 1 页 is no such thing.
        or ((pages > 1 or "页" in line.text) and _PAGE_NUMBER.match(line.text.strip()))
    )


def _gaps(lines: list[_Line]) -> Iterator[Span]:
    """The thin spaces that typesetting puts between Chinese and figures: 人民币 20,000 元."""
    for line in lines:
        label = _LABEL.match(line.text)
        for found in _GAP.finditer(line.text, (label.end() + 1) if label else 0):
            yield line.start + found.start(), line.start + found.end()


def _usual_width(lines: list[_Line]) -> int:
    """Of a full line: the widest ones hold an address or Latin words, and are a few."""
    widths = sorted(line.width for line in lines if line.text.strip())
    return widths[int(_FEW * (len(widths) - 1))] if widths else 0


def _joins(text: str, lines: list[_Line]) -> Iterator[Span]:
    """The line breaks that only the width of the page made."""
    widest = _usual_width(lines)
    numbered = {mark.start for mark in marks_in(text) if mark.boundary == "line"}
    for line, after in pairwise(lines):
        words, next_words = line.text.strip(), after.text.strip()
        begins = after.start + len(after.text) - len(after.text.lstrip())
        is_label = begins in numbered and not _COUNTED.match(next_words)
        if not words or not next_words or is_label:
            continue
        # 账户：/______ : the line to write on was too long to stand behind its name.
        is_blank = next_words.startswith("__") and words.endswith((":", "："))
        if is_blank or (line.width >= widest * _FULL and not words.endswith(_ENDS)):
            yield line.end, line.end + 1
