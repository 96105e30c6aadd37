"""Numbers as contracts write them: 20,000.00, 十二, 贰万, 1.5万, 二〇二六, 两百五."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pactdesk.core.units.errors import PactError
from pactdesk.documents.grammar.found import Found


class NumeralUnreadable(PactError):
    """`text` is not a number in digits or in Chinese characters."""


_DIGIT = {
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    **{character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "○": 0,
    "两": 2,
    "参": 3,
    "弍": 2,
}
_PLACE = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUP = {"万": 10**4, "亿": 10**8}

_CHARACTERS = "零〇○一二两三四五六七八九壹贰弍叁参肆伍陆柒捌玖十拾百佰千仟万亿"
# Never fewer figures than stand there (++): runs of hundreds are not tried in all their parts.
DIGITS = r"\d++(?:[,，]\d{3})*(?:[.．]\d+)?"
CHINESE = rf"[{_CHARACTERS}]+(?:点[零〇一二三四五六七八九]+)?"
NUMERAL = rf"(?:{DIGITS}(?:\s?[百千万亿]+)?|{CHINESE})"
"""A pattern without groups, for use inside others."""

_NUMERAL = re.compile(NUMERAL)
_MIXED = re.compile(rf"({DIGITS})\s?([百千万亿]*)\Z")
# No contract counts further, and arithmetic with what is larger need not be exact.
_LARGEST = Decimal(10**15)
_SPOKEN = "零一二三四五六七八九"


def numeral_value(text: str) -> Decimal:
    """The number that `text` writes, exact; beyond all contracts, the largest of them.

    raises  NumeralUnreadable

    >>> [str(numeral_value(t)) for t in ("20,000.00", "贰万", "1.5万", "二〇二六", "一万二")]
    ['20000.00', '20000', '15000.0', '2026', '12000']
    """
    return min(_value(text), _LARGEST)


def _value(text: str) -> Decimal:
    body = text.strip()
    mixed = _MIXED.match(body)
    if mixed:
        value = Decimal(re.sub(r"[,，]", "", mixed[1]).replace("．", "."))
        for unit in mixed[2]:
            value *= _PLACE.get(unit) or _GROUP[unit]
        return value
    whole, point, parts = body.partition("点")
    if not whole or any(c not in _CHARACTERS for c in whole) or (point and not parts):
        raise NumeralUnreadable(text=text)
    number = _whole(whole)
    if not point:
        return Decimal(number)
    if any(c not in _DIGIT for c in parts):
        raise NumeralUnreadable(text=text)
    return Decimal(f"{number}." + "".join(str(_DIGIT[c]) for c in parts))


def numerals_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Found[Decimal]]:
    """Every number in a stretch of text."""
    for match in _NUMERAL.finditer(text, start, len(text) if end is None else end):
        yield Found(numeral_value(match[0]), match.start(), match.end())


def spoken(number: int) -> str:
    """The everyday Chinese form of 0 … 9999 9999.

    >>> [spoken(n) for n in (0, 10, 12, 105, 20000, 10010)]
    ['零', '十', '十二', '一百零五', '二万', '一万零一十']
    """
    if number == 0:
        return "零"
    head, rest = divmod(number, 10**4)
    if head:
        gap = "零" if 0 < rest < 1000 else ""
        return _group(head) + "万" + gap + (_group(rest) if rest else "")
    text = _group(rest)
    return text.removeprefix("一") if text.startswith("一十") else text


def _group(number: int) -> str:
    text = ""
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += _SPOKEN[digit] + name
        elif text and number % place and not text.endswith("零"):
            text += "零"
    return text


def _whole(text: str) -> int:
    if all(character in _DIGIT for character in text):
        return int("".join(str(_DIGIT[character]) for character in text))
    total = section = digit = 0
    last_place = 1
    for character in text:
        if character in _DIGIT:
            digit = _DIGIT[character]
            # after an explicit 零 the next digit counts by its own place: 一百零五 is 105
            last_place = 1 if digit == 0 else last_place
        elif character in _PLACE:
            last_place = _PLACE[character]
            section += (digit or 1) * last_place
            digit = 0
        else:
            last_place = _GROUP[character]
            total = (
                (total + section + digit) * last_place
                if last_place == 10**8
                else (total + (section + digit) * last_place)
            )
            section = digit = 0
    # 一万二, 两百五: a last digit right behind a place counts the next lower place
    return total + section + digit * (last_place // 10 if last_place > 10 else 1)
