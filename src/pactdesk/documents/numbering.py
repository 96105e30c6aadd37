"""Every place of a text that could be the number of a clause.

Finding is generous: 3.5 in "3.5倍" is a candidate too. `outline` decides, by the sequence in
which candidates follow each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pactdesk.documents.numerals import CHINESE, ordinal

Style = Literal[
    "part", "chapter", "note", "annex", "article", "chinese", "chinese_bracket", "bare",
    "arabic", "decimal", "bracket", "half_bracket", "circle", "letter", "section", "signature",
]  # fmt: skip
Boundary = Literal["line", "sentence", "inside"]

# The usual nesting, outermost first. Only the first six insist on it (see `outline`).
RANKS: dict[Style, int] = {
    "signature": 0, "part": 0, "chapter": 1, "note": 1, "annex": 2, "section": 2, "article": 3,
    "chinese": 4, "chinese_bracket": 5, "bare": 6, "arabic": 7, "decimal": 8, "bracket": 9,
    "half_bracket": 10, "circle": 11, "letter": 12,
}  # fmt: skip

_CN = f"[{CHINESE}]{{1,5}}"
_SPACED_CN = f"[{CHINESE}](?: ?[{CHINESE}]){{0,4}}"  # text recognition: 第 十 二 条
_NOT_AFTER_NUMBER = r"(?<![\d.,A-Za-z])"
_PATTERN = re.compile(
    rf"(?P<part>第(?P<part_n>{_CN}|\d{{1,2}})部分)"
    rf"|(?P<chapter>第(?P<chapter_n>{_CN}|\d{{1,2}})章)"
    rf"|(?P<article>第 ?(?P<article_n>{_SPACED_CN}|\d{{1,3}}) ?条)"
    rf"|(?P<note>说明(?P<note_n>{_CN})(?=[:：]))"
    rf"|(?P<annex>附件 ?(?P<annex_n>\d{{1,2}}(?!\d|\.\d)|{_CN})"
    r"(?:的[^:：。；，,\n]{1,10}(?=[:：]))?)"
    rf"|(?P<chinese>(?:(?<![第{CHINESE}【])|^[ \t]*【)(?P<chinese_n>{_CN})(?:[、.．]|(?<=【\S)】"
    r"|(?<=【\S\S)】|(?<=【\S\S\S)】))"
    rf"|(?P<chinese_bracket>[(（](?P<chinese_bracket_n>{_CN})[)）])"
    rf"|(?P<bracket>[(（](?P<bracket_n>\d{{1,2}})[)）])"
    rf"|(?P<decimal>{_NOT_AFTER_NUMBER}(?P<decimal_n>\d{{1,3}}(?:\.\d{{1,3}}){{1,4}})"
    r"(?![\d.]*\d)[.、]?)"
    rf"|(?P<arabic>{_NOT_AFTER_NUMBER}(?P<arabic_n>\d{{1,3}})[.．、](?![\d.]))"
    rf"|(?P<half_bracket>(?<![(（\dA-Za-z.])(?P<half_bracket_n>\d{{1,2}})[)）])"
    r"|(?P<bare>^[ \t]*(?P<bare_n>\d{1,2})(?=[ \t]+[\u4e00-\u9fff]))"
    r"|(?P<circle>(?P<circle_n>[①-⑳]))"
    r"|(?P<letter>(?<![A-Za-z\d(（])[(（]?(?P<letter_n>[a-z])[.．、)）](?=\s*[\u4e00-\u9fff“《(（\[]))",
    re.M,
)
_PRINTED = tuple(style for style in RANKS if style in _PATTERN.groupindex)
_SENTENCE_ENDS = "。；;：:！!？?)）”…】]—"


@dataclass(frozen=True, slots=True)
class Mark:
    """A candidate: `label` as printed at `start` to `end`, `value` its numbers, 3.1 as (3, 1)."""

    style: Style
    value: tuple[int, ...]
    label: str
    start: int
    end: int
    boundary: Boundary


def marks_in(text: str) -> tuple[Mark, ...]:
    """All candidates of `text`, in order."""
    return tuple(_marks(text))


def _marks(text: str) -> Iterator[Mark]:
    for found in _PATTERN.finditer(text):
        style = _style(found)
        number = found[f"{style}_n"].replace(" ", "")
        value = tuple(ordinal(part) for part in number.split("."))
        if style != "decimal" and value[0] == 0:
            continue
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        label = found[0].strip()
        if style == "decimal" and _is_glued(text, value, found.end()):
            style, value, label = "arabic", value[:1], f"{value[0]}."
            yield Mark(style, value, label, start, start + len(label), _boundary(text, start))
            continue
        yield Mark(style, value, label, start, found.end(), _boundary(text, start))


def _is_glued(text: str, value: tuple[int, ...], end: int) -> bool:
    """ "3.75分为合格线" is the third item, on 75 points: no paper has 75 points in one article."""
    return len(value) == 2 and value[1] >= 50 and text[end : end + 1] in ("分", "%", "％")


def _style(found: re.Match[str]) -> Style:
    return next(style for style in _PRINTED if found.start(style) >= 0)


def _boundary(text: str, start: int) -> Boundary:
    before = text[max(0, start - 40) : start].rstrip(" \t-•·*#")
    if before.endswith("\n") or (not before and start <= 40):
        return "line"
    return "sentence" if before.endswith(tuple(_SENTENCE_ENDS)) else "inside"
