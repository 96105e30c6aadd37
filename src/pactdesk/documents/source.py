"""From a file to clean text, with the way back to every original character."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

from pactdesk.documents.errors import (
    FileEmpty,
    FileMissing,
    FileTooLarge,
    FileUnreadable,
    NotADocument,
    SentencesMissing,
    TextTooLong,
)
from pactdesk.documents.formats.archive import OLE
from pactdesk.documents.formats.docx import View, docx_text
from pactdesk.documents.formats.extracted import Extracted
from pactdesk.documents.formats.html import declared_charset, html_text
from pactdesk.documents.formats.pdf import pdf_text
from pactdesk.documents.formats.plain import decoded
from pactdesk.documents.normalise.layer import Removed, Repair
from pactdesk.documents.normalise.pipeline import normalised
from pactdesk.documents.offsets import OffsetMap, Span
from pactdesk.documents.truncation import is_truncated

Kind = Literal["docx", "pdf", "txt", "md", "html"]

_TEXTS: dict[str, Kind] = {
    ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html",
}  # fmt: skip
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_LARGEST = 64 * 1024 * 1024
_MOST_CHARACTERS = 600_000
"""Of a text: 500 pages and more, read in some ten seconds. What is longer is a collection."""
_MOST_BYTES = {"txt": 4 * _MOST_CHARACTERS, "md": 4 * _MOST_CHARACTERS, "html": 16 * 1024 * 1024}
"""Of a file that is all text: no character takes more than four; a page may hold pictures."""
_LONGEST_SENTENCE = 10_000
_STOPS = re.compile(r"[。；;\n]")
# Endless figures, one sign or a few words without end: nothing that anybody agreed on.
_ENDLESS = re.compile(
    r"[\d,.，．]{1000}|[零〇一二三四五六七八九十百千万亿]{1000}|([^\s_])\1{1999}"
    r"|((?=.{0,11}?[^\W_]).{2,12}?)\2{99}"
)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A contract's text as people mean it, and as the file has it.

    sha256      of the file's bytes
    original    the text as extracted
    text        normalised: simplified characters, half-width numbers, no glosses, no noise
    offsets     from positions of `text` to spans of `original`
    repairs     what was repaired, in spans of `original`
    removed     noise that was cut, in spans of `original`
    unreadable  spans of `text` whose characters could not be restored
    truncated   the text breaks off in mid-sentence
    comments    how many reviewers' comments the file has; they are not part of the text
    """

    name: str
    sha256: str
    kind: Kind
    original: str
    text: str
    offsets: OffsetMap
    language: Literal["zh-Hans", "zh-Hant"]
    repairs: tuple[Repair, ...]
    removed: tuple[Removed, ...]
    unreadable: tuple[Span, ...]
    truncated: bool
    comments: int = 0

    def quote(self, start: int, end: int) -> str:
        """The normalised text from `start` to `end` (excluded)."""
        return self.text[start:end]

    def original_quote(self, start: int, end: int) -> str:
        """What the file itself has where `text` has `start` to `end`."""
        first, last = self.offsets.span(start, end)
        return self.original[first:last]


def read_source(path: Path, view: View | None = None) -> SourceText:
    """The text of the contract file at `path`.

    view    which text of a Word file with tracked changes is meant; without it they are refused
    raises  FileMissing, FileUnreadable, FileEmpty, FileTooLarge, TextTooLong, SentencesMissing,
            NotADocument, OldWordFile, MacrosInside, EncryptedFile, ArchiveTooLarge, EntitiesInside,
            EncodingUnknown, TrackedChanges, ScannedPdf
    """
    return source_in(path.name, _content(path), view)


def source_in(name: str, content: bytes, view: View | None = None) -> SourceText:
    """The text of a file that is at hand, as `read_source` has it."""
    if not content:
        raise FileEmpty(file=name)
    kind, extracted = _extracted(PurePath(name), content, view)
    return source_from(extracted, name=name, kind=kind, sha256=hashlib.sha256(content).hexdigest())


def source_from(extracted: Extracted, *, name: str, kind: Kind, sha256: str) -> SourceText:
    """The normalised source of a text that is already extracted."""
    if len(extracted.text) > _MOST_CHARACTERS:
        raise TextTooLong(file=name, size=len(extracted.text), limit=_MOST_CHARACTERS)
    if _ENDLESS.search(extracted.text):
        raise NotADocument(file=name)
    clean = normalised(extracted)
    longest = max(map(len, _STOPS.split(clean.text)))
    if longest > _LONGEST_SENTENCE:
        raise SentencesMissing(file=name, size=longest)
    if not clean.text.strip():
        raise FileEmpty(file=name)
    return SourceText(
        name=name,
        sha256=sha256,
        kind=kind,
        original=extracted.text,
        text=clean.text,
        offsets=clean.offsets,
        language=clean.script,
        repairs=clean.repairs,
        removed=clean.removed,
        unreadable=clean.unreadable,
        truncated=is_truncated(clean.text),
        comments=extracted.comments,
    )


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            raise FileTooLarge(file=str(path), size=size, limit=_LARGEST)
        content = path.read_bytes()
    except FileNotFoundError:
        raise FileMissing(file=str(path)) from None
    except OSError as problem:
        raise FileUnreadable(file=str(path), reason=problem.strerror) from None
    if not content:
        raise FileEmpty(file=str(path))
    return content


def _extracted(path: PurePath, content: bytes, view: View | None) -> tuple[Kind, Extracted]:
    """By content where it shows what it is, by the ending of the name otherwise."""
    name, ending = path.name, path.suffix.lower()
    if content.startswith(b"%PDF-"):
        return "pdf", pdf_text(content, file=name)
    if content.startswith((b"PK\x03\x04", OLE)) or ending in (".docx", ".docm", ".doc"):
        return "docx", docx_text(content, file=name, view=view)
    if ending == ".pdf" or content.startswith(_PICTURES):
        raise NotADocument(file=name)
    kind: Kind = _TEXTS.get(ending, "txt")
    if len(content) > _MOST_BYTES[kind]:
        raise FileTooLarge(file=name, size=len(content), limit=_MOST_BYTES[kind])
    text = decoded(content, file=name, declared=declared_charset(content))
    return kind, Extracted(html_text(text) if kind == "html" else text)
