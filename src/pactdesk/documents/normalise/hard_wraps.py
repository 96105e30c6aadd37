"""Lines that a page broke in mid-sentence, always at the same width, are put together again."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from pactdesk.documents.normalise.layer import Layer
from pactdesk.documents.offsets import Edit, rewrite

_SLACK = 2
"""A line is full up to so many characters: a sign that must not begin a line is drawn in."""
_FEWEST_LINES, _FEWEST_SHARE = 5, 0.1
_NARROWEST, _WIDEST = 18, 80
_ENDS = tuple("。；;！!？?：:")
_NEW_ITEM = re.compile(
    r"\s*(?:第[\d一二三四五六七八九十百零]{1,4}[条章节编款部]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[(（][\d一二三四五六七八九十a-z]{1,3}[)）]|\d{1,2}(?:[.．]\d{1,2})*[.．、\s]|[甲乙]\s?方[^。；;]{0,12}[:：]"
    r"|附件|附表|[|•·●■◆\-—_*]|[①-⑳])"
)


def without_hard_wraps(text: str) -> Layer:
    """The text with its sentences in one piece; a text of free lines stays as it is."""
    lines = _lines(text)
    width = _page_width(text, lines)
    if width is None:
        return Layer(*rewrite(text, []))
    edits = []
    for (start, end), (after, after_end) in pairwise(lines):
        if not _is_full(text[start:end], width) or after != end + 1:
            continue
        following = text[after:after_end]
        if following.strip() and not _NEW_ITEM.match(following):
            indent = len(following) - len(following.lstrip())
            edits.append(Edit(end, after + indent, ""))
    return Layer(*rewrite(text, edits))


def _lines(text: str) -> list[tuple[int, int]]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    return lines


def _page_width(text: str, lines: list[tuple[int, int]]) -> int | None:
    """The width at which many lines break off; None where lines end where sentences end."""
    filled = [text[start:end] for start, end in lines if text[start:end].strip()]
    widths = Counter(len(line) for line in filled if not line.rstrip().endswith(_ENDS))
    if not widths:
        return None
    width = max(len(line) for line in filled)
    full = sum(widths[n] for n in range(width - _SLACK, width + 1))
    enough = full >= _FEWEST_LINES and full >= _FEWEST_SHARE * len(filled)
    return width if enough and _NARROWEST <= width <= _WIDEST else None


def _is_full(line: str, width: int) -> bool:
    return len(line) >= width - _SLACK and not line.rstrip().endswith(_ENDS)
