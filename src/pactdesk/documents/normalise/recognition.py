"""Sixth layer: what text recognition (OCR) confuses, where the neighbours leave no doubt.

Letters inside a number become figures (1O% is 10%), 曰 beside a date word becomes 日, the dash
of a time range that was read as 一 becomes a dash, and the spaces between characters go when
the whole text is spaced. Each change is logged: a reader may want to see the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pactdesk.documents.normalise.gloss import HAN
from pactdesk.documents.normalise.layer import Layer, edited
from pactdesk.documents.offsets import Edit

RULE = "recognition"

_NUMBER = re.compile(r"(?<![A-Za-z@_-])[0-9OolI.,]*[0-9][0-9OolI.,]*(?![A-Za-z@_])")
# lO 个 is ten: letters alone are a number only right before what is counted.
_LETTERS_ONLY = re.compile(
    r"(?<![A-Za-z0-9@_.-])[OolI]{1,4}(?= ?"
    r"(?:[%‰个日曰天秒分元月年条次席名万倍通章场起轮]|小时|工作))"
    r"|(?<=[0-9]:)[OolI]{2}(?![A-Za-z])"
)
# O . 8O 元, l , OOO 元, 4 . l: a number whose point, comma or colon stands apart.
_SPREAD = re.compile(
    r"(?<![A-Za-z0-9@_.:-])[0-9OolI]{1,4}(?: ?[.,:] ?[0-9OolI]{1,4})+(?![A-Za-z@_])"
    r"(?P<counted>(?= ?(?:[%‰个元日天分秒年月]|小时)))?"
)
# l O %, 9 3%: signs of one number that stand apart, right before what is counted.
_APART = re.compile(
    r"(?<![A-Za-z0-9@_.,:-])[0-9OolI](?: [0-9OolI]){1,3}(?= ?(?:[%‰]|小时|个工作|工作日))"
)
# 99 .8%: only the point stands apart.
_POINT_APART = re.compile(
    r"(?<![A-Za-z0-9@_.:-])[0-9]{1,3}(?: \.|\. )[0-9]{1,2}(?= ?(?:[%‰元]|小时))(?<!\n)"
)
_LOOKALIKE = re.compile("[OolI]")
_FIGURES = {"O": "0", "o": "0", "l": "1", "I": "1"}
_DAY = re.compile(r"(?<=[0-9OolI月作当每次之假周期一二三四五六七八九十_])曰|曰(?=[内起前止期])")
_RANGE = re.compile(r"(?<=[0-9])一(?=[0-9]{1,2}:)")
_SPACE = re.compile(
    f"(?<=[{HAN}，。；：、]) (?=[{HAN}，。；：、])|(?<=[{HAN}]) (?=[0-9])|(?<=[0-9%]) (?=[{HAN}])"
)
_LABEL = re.compile(r"第 ?\S{1,5} ?[条章]|[\d.]+|[一二三四五六七八九十]+、?")
_TOUCHING = re.compile(f"[{HAN}](?=[{HAN}])")
_SPACED_FROM = 0.04
_FEWEST_SPACES = 5


def without_confusions(text: str) -> Layer:
    """The text with what recognition confused put right.

    >>> without_confusions("逾期超过1O曰的,9:00一18:00服务").text
    '逾期超过10日的,9:00-18:00服务'
    """
    edits = [*_figures(text), *_days(text), *_spaces(text)]
    return edited(text, sorted(edits, key=lambda edit: edit.start), rule=RULE)


def _figures(text: str) -> Iterator[Edit]:
    spread = [
        found
        for found in _SPREAD.finditer(text)
        if found["counted"] is not None or any(sign.isdigit() for sign in found[0])
    ]
    places = {
        found.start(): found
        for number in [
            *_NUMBER.finditer(text),
            *_LETTERS_ONLY.finditer(text),
            *_APART.finditer(text),
            *spread,
        ]
        for found in _LOOKALIKE.finditer(text, *number.span())
    }
    for found in places.values():
        yield Edit(*found.span(), _FIGURES[found[0]], aligned=True)
    for apart in [*_APART.finditer(text), *_POINT_APART.finditer(text)]:
        for space in re.finditer(" ", apart[0]):
            at = apart.start() + space.start()
            yield Edit(at, at + 1, "")


def _days(text: str) -> Iterator[Edit]:
    for pattern, meant in ((_DAY, "日"), (_RANGE, "-")):
        for found in pattern.finditer(text):
            yield Edit(*found.span(), meant, aligned=True)


def _spaces(text: str) -> Iterator[Edit]:
    """Only in a text that is spaced all over: elsewhere a space separates on purpose."""
    found = [space for space in _SPACE.finditer(text) if not _is_after_label(text, space.start())]
    touching = sum(1 for _ in _TOUCHING.finditer(text))
    if len(found) >= max(_FEWEST_SPACES, _SPACED_FROM * touching):
        for space in found:
            yield Edit(*space.span(), "")


def _is_after_label(text: str, position: int) -> bool:
    """Whether the line has had nothing but a clause number up to `position`."""
    line = text[text.rfind("\n", 0, position) + 1 : position]
    return bool(_LABEL.fullmatch(line.strip()))
