"""Fifth layer: digits, letters and percent signs in half width; the rest of the punctuation
stays Chinese, except where it stands inside a number or a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pactdesk.documents.normalise.layer import Layer, edited
from pactdesk.documents.offsets import Edit

_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ％＋－＝＿￥]+")
_DIGIT = "[0-9０-９]"
# 9：00, 3．5, 24／7; a comma or an ideographic comma only before three digits: 20，000
_INSIDE = re.compile(
    f"(?<={_DIGIT})(?:[：／．](?={_DIGIT})|，(?={_DIGIT}{{3}}(?!{_DIGIT}))|～(?={_DIGIT}))"
)
_PLAIN = {"￥": "¥", "～": "~"}


def half_width(text: str) -> Layer:
    """The text with half-width digits, letters, % and number punctuation, of the same length.

    >>> half_width("９：００至１８：３０，每月２０，０００元，９９．５％；").text
    '9:00至18:30，每月20,000元，99.5%；'
    """
    return edited(text, _edits(text))


def _edits(text: str) -> Iterator[Edit]:
    found = [*_WIDE.finditer(text), *_INSIDE.finditer(text)]
    for match in sorted(found, key=re.Match.start):
        narrow = "".join(_narrow(character) for character in match[0])
        yield Edit(match.start(), match.end(), narrow, aligned=True)


def _narrow(character: str) -> str:
    return _PLAIN.get(character) or chr(ord(character) - 0xFEE0)
