"""Measured values in the units of the reading summary: 30秒, 95%, 0.3‰, 万分之三, 4.8分, 3声."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pactdesk.documents.grammar.found import Found
from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value

_UNITS: tuple[tuple[str, str], ...] = (
    ("working_day", r"个?(?:工作日|工作天)"),
    ("day", r"个?(?:自然日|日历日|日历天|自然天)|日(?!常|期|志|报(?!告|甲|请|送|备|批)|均)|天"),
    ("h", r"个?(?:服务|工作|自然)?小时|个?钟头|[hH](?:ours?|rs?)?(?![a-zA-Z])"),
    ("min", r"分钟|min(?:utes?|s)?(?![a-zA-Z])"),
    ("s", r"秒钟?|[sS](?:ec(?:onds?)?)?(?![a-zA-Z])"),
    ("month", r"个(?:自然|日历|整)?月|月(?=内)"),
    ("year", r"个?(?:服务|合同)?年(?!度|\d)"),
    ("pct", r"%|个百分点|百分点"),
    ("permille", r"‰"),
    ("per10k", r"‱"),
    ("point", r"个点|分(?!之|钟|制|配|级|期|项|别|店|公)"),
    ("rings", r"声|次?振铃|响铃"),
    ("count", r"起|件|例|次|条|通|笔|宗|个(?!工|自|日|小|月|百)|单"),
)
_UNIT = "|".join(f"(?P<u{number}>{pattern})" for number, (_, pattern) in enumerate(_UNITS))
_PARTS = {"百": "pct", "千": "permille", "万": "per10k"}
_TENTHS = "一二三四五六七八九"
_QUANTITY = re.compile(
    rf"(?P<of>[百千万])分之(?P<spoken>{NUMERAL})"
    rf"|(?P<tenth>[{_TENTHS}两])成(?P<more>[{_TENTHS}半])?(?![立本功为交果员分])"
    rf"|(?P<half>半)个?(?P<halved>小时|钟头|分钟|年|月|天|日)"
    rf"|(?P<quarter>[一三])刻钟"
    rf"|(?P<n>{NUMERAL})\s?(?P<and>个半)?(?:{_UNIT})(?P<behind>半)?"
)
_HALVES = {"小时": "h", "钟头": "h", "分钟": "min", "年": "year", "月": "month"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """`n` of `unit`, in the unit that the paper uses."""

    n: Decimal
    unit: str


def quantities_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Found[Quantity]]:
    """Every measured value in a stretch of text.

    >>> [(str(q.value.n), q.value.unit) for q in quantities_in("30秒、八成八、0.3‰、两个工作日")]
    [('30', 's'), ('88', 'pct'), ('0.3', 'permille'), ('2', 'working_day')]
    """
    for match in _QUANTITY.finditer(text, start, len(text) if end is None else end):
        quantity = _quantity(match)
        if quantity is not None:
            yield Found(quantity, match.start(), match.end())


def _quantity(match: re.Match[str]) -> Quantity | None:
    if match["of"]:
        return Quantity(numeral_value(match["spoken"]), _PARTS[match["of"]])
    if match["tenth"]:
        more = match["more"] or ""
        ones = 5 if more == "半" else _TENTHS.find(more) + 1 if more else 0
        return Quantity(
            Decimal((_TENTHS.index(match["tenth"].replace("两", "二")) + 1) * 10 + ones), "pct"
        )
    if match["half"]:
        return Quantity(Decimal("0.5"), _HALVES.get(match["halved"], "day"))
    if match["quarter"]:
        return Quantity(Decimal(15 if match["quarter"] == "一" else 45), "min")
    unit = next(name for number, (name, _) in enumerate(_UNITS) if match[f"u{number}"])
    half = Decimal("0.5") if match["and"] or match["behind"] else Decimal(0)
    return Quantity(numeral_value(match["n"]) + half, unit)
