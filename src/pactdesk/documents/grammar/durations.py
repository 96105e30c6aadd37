"""Lengths of time: 10个工作日, 30日, 十二个月, 一年半, 24小时, 8个服务小时, 30秒, 半小时."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pactdesk.core.terms.durations import TimeUnit
from pactdesk.documents.grammar.found import Found
from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value

_UNITS = {
    "工作日": TimeUnit.WORKING_DAY,
    "自然日": TimeUnit.DAY,
    "日历日": TimeUnit.DAY,
    "日": TimeUnit.DAY,
    "天": TimeUnit.DAY,
    "服务小时": TimeUnit.HOUR,
    "小时": TimeUnit.HOUR,
    "钟头": TimeUnit.HOUR,
    "分钟": TimeUnit.MINUTE,
    "秒钟": TimeUnit.SECOND,
    "秒": TimeUnit.SECOND,
    "个月": TimeUnit.MONTH,
    "月": TimeUnit.MONTH,
    "年": TimeUnit.YEAR,
}
_LENGTH = re.compile(
    rf"(?P<n>{NUMERAL}|半)\s?(?P<unit>个?(?:工作日|自然日|日历日|服务小时|小时|钟头|分钟|秒钟?)"
    r"|个月|天|日|年|个半月|年半)(?P<half>半)?"
)
_NOT_BEFORE = re.compile(r"[月第年]\s?\Z|每\s?月\s?\Z")
UNIT_WORDS = r"个?(?:工作日|自然日|日历日|服务小时|小时|分钟|秒钟?)|个月|天|日|年"
"""Unit words as a pattern without groups, for use behind a blank."""


@dataclass(frozen=True, slots=True)
class Length:
    """`n` units; `service` when the paper counts hours of service only."""

    n: int
    unit: TimeUnit
    service: bool = False


def lengths_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Found[Length]]:
    """Every length of time in a stretch of text; parts of dates are none.

    >>> [
    ...     (f.value.n, f.value.unit.value)
    ...     for f in lengths_in("10个工作日、一年半、2026年10月1日、半小时")
    ... ]
    [(10, 'working_day'), (18, 'month'), (30, 'min')]
    """
    for match in _LENGTH.finditer(text, start, len(text) if end is None else end):
        if _NOT_BEFORE.search(text, max(0, match.start() - 3), match.start()):
            continue
        length = _length(match)
        if length is not None:
            yield Found(length, match.start(), match.end())


def unit_of(word: str) -> TimeUnit | None:
    """The unit that a word such as 个工作日 names."""
    return _UNITS.get(word.removeprefix("个")) or _UNITS.get(word)


def _length(match: re.Match[str]) -> Length | None:
    word = match["unit"]
    half = match["half"] is not None or word.endswith("半") or word == "个半月"
    if word in ("年半", "个半月"):
        word = word.replace("半", "")
    unit = unit_of(word)
    if unit is None:
        return None
    number = Decimal("0.5") if match["n"] == "半" else numeral_value(match["n"])
    return _whole(number + Decimal("0.5") if half else number, unit, "服务" in word)


_SMALLER = {
    TimeUnit.YEAR: (12, TimeUnit.MONTH),
    TimeUnit.HOUR: (60, TimeUnit.MINUTE),
    TimeUnit.MINUTE: (60, TimeUnit.SECOND),
}
_LONGEST = {TimeUnit.YEAR: 100, TimeUnit.MONTH: 1200}


def _whole(number: Decimal, unit: TimeUnit, service: bool) -> Length | None:
    if number != int(number) and unit in _SMALLER:
        factor, smaller = _SMALLER[unit]
        number, unit = number * factor, smaller
    # 1949年 is a year, not a length; and of 99999个月 no calendar knows the last day.
    if number != int(number) or not 1 <= number <= _LONGEST.get(unit, number):
        return None
    return Length(int(number), unit, service)
