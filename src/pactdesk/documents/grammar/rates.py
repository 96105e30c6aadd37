"""Rates and shares: 万分之五, 5‰, 0.05%, 百分之八十五, 八成八; and percentage points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pactdesk.documents.grammar.found import Found
from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value

_PARTS = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}
_SIGNS = {"%": Decimal(100), "％": Decimal(100), "‰": Decimal(1000), "‱": Decimal(10000)}
_TENTHS = "一二三四五六七八九"

_RATE = re.compile(
    rf"(?P<of>[百千万])分之(?P<spoken>{NUMERAL})"
    rf"|(?P<signed>{NUMERAL})\s?(?P<sign>[%％‰‱])"
    rf"|(?P<tenth>[{_TENTHS}两])成(?P<more>[{_TENTHS}半])?(?![立本功为交果员分])"
)
_POINT = re.compile(rf"(?P<n>{NUMERAL})\s?个?百分点")


def rates_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Found[Decimal]]:
    """Every rate in a stretch of text, as a part of one.

    >>> [str(f.value) for f in rates_in("万分之五、5‰、0.05%、百分之八十五、八成八、99.5％")]
    ['0.0005', '0.005', '0.0005', '0.85', '0.88', '0.995']
    """
    for match in _RATE.finditer(text, start, len(text) if end is None else end):
        yield Found(_value(match), match.start(), match.end())


def points_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Found[Decimal]]:
    """Percentage points, as a part of one: 1个百分点 is 0.01."""
    for match in _POINT.finditer(text, start, len(text) if end is None else end):
        yield Found(numeral_value(match["n"]) / 100, match.start(), match.end())


def _value(match: re.Match[str]) -> Decimal:
    if match["of"]:
        return _plain(numeral_value(match["spoken"]) / _PARTS[match["of"]])
    if match["sign"]:
        return _plain(numeral_value(match["signed"]) / _SIGNS[match["sign"]])
    hundredth = match["more"] or ""
    more = 5 if hundredth == "半" else _TENTHS.find(hundredth) + 1 if hundredth else 0
    return Decimal((_TENTHS.index(match["tenth"].replace("两", "二")) + 1) * 10 + more) / 100


def _plain(value: Decimal) -> Decimal:
    return Decimal(format(value.normalize(), "f"))
