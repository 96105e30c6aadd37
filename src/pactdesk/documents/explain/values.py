"""Exact values as people read them: yuan, percent, 万分之五, hours. Never rounded, only cut."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from pactdesk.core.settle.trace import Op, Unit
from pactdesk.core.units.exact import MILLISECONDS_PER_HOUR, decimal_text, exact_value
from pactdesk.core.units.money import Money
from pactdesk.documents.numerals import chinese
from pactdesk.messages.catalogue import Language, has_text, text

Plain = Mapping[str, Any]
"""A node of a trace, or another part of a statement, in the form that is stored."""

MINUS = "−"
_DIGITS = "零一二三四五六七八九"
_POINTS = frozenset({"gap", "shortfall", "better_by", "whole_way"})
_MARKS = frozenset({"points", "points_lost", "points_kept", "points_given"})
_MARK_TERMS = (".weight", ".points", ".score")
# A space sets figures off from the characters beside them: 37.5% 未超过 100%.
_FIGURE_THEN_CHARACTER = re.compile(r"(?<=[\d%…])(?=[\u4e00-\u9fff])")
_CHARACTER_THEN_FIGURE = re.compile(r"(?<=[\u4e00-\u9fff])(?=[−\d])")
_STEPS = frozenset({"steps", "full_steps", "started_steps"})


def node_value(node: Plain) -> Fraction:
    """The exact value of a node."""
    return exact_value(node["value"])


def shown(node: Plain, language: Language) -> str:
    """The value of a node with its unit.

    >>> shown({"op": "term", "value": "1/2000", "unit": "per_day"}, "zh")
    '每日万分之五'
    """
    value, unit = node_value(node), node.get("unit", "")
    label = node.get("label")
    if label in _POINTS and unit == Unit.SHARE:
        return points_text(value, language)
    if label in _STEPS:
        return _with_unit("steps", decimal_text(value, 4), language)
    if label in _MARKS or _is_mark(node):
        return _with_unit("marks", decimal_text(value, 4), language)
    if node["op"] == Op.BREACHES:
        return _with_unit("breaches", decimal_text(value), language)
    if node["op"] == Op.TERM and str(node.get("of", "")).endswith(".step"):
        is_share = unit == Unit.SHARE
        return points_text(value, language) if is_share else value_text(value, unit, language)
    return value_text(value, unit, language)


def _is_mark(node: Plain) -> bool:
    """A term of a score sheet that is told in points."""
    of = str(node.get("of", ""))
    if node["op"] == Op.SUBTRACT and not node.get("label"):
        first = node["inputs"][0]
        return first.get("label") in _MARKS or _is_mark(first)
    is_of_sheet = ".items." in of or ".bands." in of
    return node["op"] == Op.TERM and is_of_sheet and of.endswith(_MARK_TERMS)


def tidy(said: str) -> str:
    """The sentence with a space between figures and Chinese characters."""
    spaced = _CHARACTER_THEN_FIGURE.sub(" ", _FIGURE_THEN_CHARACTER.sub(" ", said))
    return spaced.replace("） ", "）")


def value_text(value: Fraction, unit: str, language: Language) -> str:
    """A value in a unit of the trace.

    >>> value_text(Fraction(1310, 1443), "share", "en"), value_text(Fraction(-9, 2), "CNY", "zh")
    ('90.7830…%', '−4.50 元')
    """
    match unit:
        case Unit.YUAN | Unit.YUAN_PER_HOUR:
            return _with_unit(unit, yuan_text(value), language)
        case Unit.SHARE:
            return percent_text(value)
        case Unit.RATE_PER_DAY:
            return rate_text(value, language)
        case Unit.COUNT | Unit.PLAIN:
            return str(value) if value.denominator in (3, 12) else _signed(decimal_text(value))
        case _:
            return _with_unit(unit, _signed(decimal_text(value, 4)), language)


def yuan_text(value: Fraction) -> str:
    """At least two decimals; more when there are more, up to six, then cut.

    >>> yuan_text(Fraction(1203)), yuan_text(Fraction("-0.0050")), yuan_text(Fraction(2, 3))
    ('1,203.00', '−0.005', '0.666666…')
    """
    decimals = decimal_text(value, 6)
    whole, point, part = decimals.partition(".")
    return _signed(f"{whole}.{part:0<2}" if point else f"{whole}.00")


def fen_text(fen: int) -> str:
    """A booked amount: "−1,203.40"."""
    return _signed(str(Money(fen)))


def money_text(fen: int, language: Language) -> str:
    """A booked amount with its currency.

    >>> money_text(-120340, "zh")
    '−1,203.40 元'
    """
    return _with_unit(Unit.YUAN, fen_text(fen), language)


def percent_text(value: Fraction, places: int = 4) -> str:
    """A share: exact or cut, never rounded up to a target that it does not reach."""
    return f"{_signed(decimal_text(value * 100, places))}%"


def points_text(value: Fraction, language: Language) -> str:
    """A difference of shares, in percentage points."""
    return _with_unit("points", _signed(decimal_text(value * 100, 4)), language)


def rate_text(value: Fraction, language: Language) -> str:
    """A rate per day; Chinese contracts say 万分之五.

    >>> rate_text(Fraction("0.00035"), "zh"), rate_text(Fraction("0.0005"), "en")
    ('每日万分之三点五', '0.05% per day')
    """
    spoken = _spoken_rate(value) if language == "zh" else None
    return _with_unit("per_day", spoken or percent_text(value, 6), language)


def _spoken_rate(value: Fraction) -> str | None:
    for whole, name in ((100, "百"), (1000, "千"), (10_000, "万")):
        part = value * whole
        if part.denominator == 1 and 0 < part < 100:
            return f"{name}分之{chinese(int(part))}"
    hundredths = value * 1_000_000
    if hundredths.denominator != 1 or not 0 < hundredths < 10_000:
        return None
    head, tail = divmod(int(hundredths), 100)
    decimals = "".join(_DIGITS[int(digit)] for digit in f"{tail:02d}".rstrip("0"))
    return f"万分之{chinese(head) or _DIGITS[0]}点{decimals}"


def hours_text(milliseconds: Fraction | int, language: Language) -> str:
    """Milliseconds as hours."""
    hours = Fraction(milliseconds) / MILLISECONDS_PER_HOUR
    return _with_unit(Unit.HOURS, decimal_text(hours, 4), language)


def seconds_text(milliseconds: int, language: Language) -> str:
    """Milliseconds as seconds."""
    return _with_unit(Unit.SECONDS, decimal_text(Fraction(milliseconds, 1000), 3), language)


def month_text(period: str, language: Language) -> str:
    """ "2026-10" as 2026 年 10 月."""
    year, month = period.split("-")[:2]
    name = text("explain_values", f"month_{month}", language)
    return text("explain_values", "month", language, year=year, month=name)


def day_text(day: str | date) -> str:
    """A day as it stands in evidence, in both languages: 2026-10-16."""
    return day if isinstance(day, str) else day.isoformat()


def _with_unit(unit: str, number: str, language: Language) -> str:
    key = f"unit.{unit}"
    # "1 percentage points" reads badly; Chinese has no such forms and needs no such keys.
    if number == "1" and has_text("explain_values", f"{key}.one", language):
        key = f"{key}.one"
    return text("explain_values", key, language, n=number)


def _signed(number: str) -> str:
    return number.replace("-", MINUS)
