"""Before all other layers: what a printed page did to the text is undone."""

from __future__ import annotations

from pactdesk.documents.formats.extracted import Extracted
from pactdesk.documents.normalise.layer import Layer, Removed
from pactdesk.documents.offsets import Edit, rewrite

FURNITURE = "page furniture"


def without_page_layout(extracted: Extracted) -> Layer:
    """The text without running heads and feet, each sentence in one piece.

    Between two Chinese characters a line break becomes nothing, elsewhere a space.
    """
    text = extracted.text
    edits = [Edit(start, end, "") for start, end in extracted.furniture]
    edits += [Edit(start, end, _joint(text, start)) for start, end in extracted.joins]
    after, offsets = rewrite(text, sorted(edits, key=lambda edit: edit.start))
    removed = tuple(
        Removed(start, end, text[start:end], FURNITURE) for start, end in extracted.furniture
    )
    return Layer(after, offsets, removed=removed)


def _joint(text: str, line_break: int) -> str:
    before = text[line_break - 1 : line_break]
    return " " if before.isascii() and before.isalpha() else ""
