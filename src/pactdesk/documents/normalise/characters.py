"""First layer: one line end, no invisible characters, Unicode NFC."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from pactdesk.documents.normalise.layer import Layer, edited
from pactdesk.documents.offsets import Edit

# Byte-order marks, zero-width spaces and joiners, direction marks, soft hyphens, controls.
_INVISIBLE = "\ufeff\u200b-\u200f\u202a-\u202e\u2060\u00ad\x00-\x08\x0e-\x1f\x7f"
_LINE_END = "\r\n?|[\u0085\u2028\u2029\x0b\x0c]"
_SPACE = "[\u00a0\u2002-\u200a\u202f\u3000]"
_ODD = re.compile(f"(?P<line>{_LINE_END})|(?P<none>[{_INVISIBLE}]+)|(?P<space>{_SPACE})")


def plain(text: str) -> Layer:
    """The text with ordinary line ends and spaces, and nothing invisible.

    >>> plain("\\ufeff第一条\\r\\n甲方").text
    '第一条\\n甲方'
    """
    return edited(text, _odd_characters(text))


def composed(text: str) -> Layer:
    """The text in Unicode NFC.

    >>> composed("ha\\u030co").text
    'hǎo'
    """
    if unicodedata.is_normalized("NFC", text):
        return edited(text, ())
    return edited(text, _compositions(text))


def _odd_characters(text: str) -> Iterator[Edit]:
    for found in _ODD.finditer(text):
        became = {"line": "\n", "none": "", "space": " "}[found.lastgroup or "none"]
        yield Edit(found.start(), found.end(), became, aligned=found.lastgroup == "space")


def _compositions(text: str) -> Iterator[Edit]:
    for start, end in pairwise([*_starts(text), len(text)]):
        piece = unicodedata.normalize("NFC", text[start:end])
        if piece != text[start:end]:
            yield Edit(start, end, piece)


def _starts(text: str) -> Iterator[int]:
    """Where a character stands that neither combines nor joins with the one before."""
    before = ""
    for position, character in enumerate(text):
        joined = unicodedata.normalize("NFC", before + character)
        if not before or (not unicodedata.combining(character) and joined.endswith(character)):
            yield position
            before = character
        else:
            before = joined
