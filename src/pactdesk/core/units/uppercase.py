"""Chinese uppercase amounts (大写金额), both ways, as banks and contracts write them."""

from __future__ import annotations

import re

from pactdesk.core.units.errors import PactError
from pactdesk.core.units.money import Money

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
# the everyday and the traditional forms that contracts mix in, and what they stand for
_FORMAL = str.maketrans(
    "〇○一二三四五六七八九两貳叄参陸弍十百千萬億圆圓块負",
    "零零壹贰叁肆伍陆柒捌玖贰贰叁叁陆贰拾佰仟万亿元元元负",
)
_PLACES = ("", "拾", "佰", "仟")
_GROUP = re.compile(
    r"零*(?:([壹贰叁肆伍陆柒捌玖])仟)?零*(?:([壹贰叁肆伍陆柒捌玖])佰)?零*(?:([壹贰叁肆伍陆柒捌玖]?)拾)?零*([壹贰叁肆伍陆柒捌玖])?\Z"
)
_LARGEST_YUAN = 10**16 - 1


class UppercaseUnreadable(PactError):
    """`text` is not an amount in Chinese uppercase."""


class AmountTooLarge(PactError):
    """`amount` has no customary uppercase form (ten quadrillion yuan or more)."""


def uppercase(amount: Money) -> str:
    """The amount as it stands on an invoice.

    >>> uppercase(Money.of("20000.00")), uppercase(Money.of("-1203.40"))
    ('贰万元整', '负壹仟贰佰零叁元肆角整')
    """
    yuan, fen = divmod(abs(amount.fen), 100)
    if yuan > _LARGEST_YUAN:
        raise AmountTooLarge(amount=str(amount))
    sign = "负" if amount.fen < 0 else ""
    return sign + _yuan_part(yuan, fen) + _fen_part(yuan, fen)


def amount_in_uppercase(text: str) -> Money:
    """The inverse of `uppercase`; also reads everyday and traditional characters.

    >>> amount_in_uppercase("人民币壹佰贰拾捌万元整")
    Money('1280000.00', 'CNY')
    """
    body = text.strip().removeprefix("人民币").strip().translate(_FORMAL)
    sign, body = (-1, body[1:]) if body.startswith("负") else (1, body)
    body = body.rstrip("整正")
    yuan, mark, rest = body.partition("元")
    if not mark:
        yuan, rest = ("", body) if body.endswith(("角", "分")) else (body, "")
    fen = _integer(yuan, text) * 100 + _small_change(rest, text)
    if not yuan and not rest:
        raise UppercaseUnreadable(text=text)
    return Money(sign * fen)


def _yuan_part(yuan: int, fen: int) -> str:
    if yuan == 0:
        return "" if fen else "零元"
    return _spoken(yuan) + "元"


def _spoken(number: int) -> str:
    """亿 and 万 split a number into a spoken head, the unit, and a spoken rest."""
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if number >= size:
            head, rest = divmod(number, size)
            # A gap is spoken once: 壹万零伍, 壹亿零伍佰, never 壹万零零伍.
            gap = "零" if 0 < rest < size // 10 else ""
            return _spoken(head) + unit + gap + (_spoken(rest) if rest else "")
    return _group_text(number)


def _group_text(group: int) -> str:
    text = ""
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            text += _DIGITS[digit] + _PLACES[place]
        elif text and group % 10**place:
            text += "" if text.endswith("零") else "零"
    return text


def _fen_part(yuan: int, fen: int) -> str:
    if fen == 0:
        return "整"
    tenths, rest = divmod(fen, 10)
    text = f"{_DIGITS[tenths]}角" if tenths else ("零" if yuan else "")
    return text + (f"{_DIGITS[rest]}分" if rest else "整")


def _integer(text: str, whole: str) -> int:
    """Reads 壹佰贰拾捌万 as 1,280,000: places within a group, groups within 亿."""
    above, hundred_million, below = text.rpartition("亿")
    value = _ten_thousands(above, whole) * 10**8 + _ten_thousands(below, whole)
    if hundred_million and value < 10**8:
        raise UppercaseUnreadable(text=whole)
    return value


def _ten_thousands(text: str, whole: str) -> int:
    above, ten_thousand, below = text.rpartition("万")
    value = _group(above, whole) * 10**4 + _group(below, whole)
    if ten_thousand and value < 10**4:
        raise UppercaseUnreadable(text=whole)
    return value


def _group(text: str, whole: str) -> int:
    """Up to 玖仟玖佰玖拾玖; places only descend, and a digit without its place is the last."""
    found = _GROUP.match(text)
    if not found:
        raise UppercaseUnreadable(text=whole)
    thousands, hundreds, tens, ones = found.groups()
    # 拾万 without a leading 壹 means ten
    digits = (thousands, hundreds, "壹" if tens == "" else tens, ones)
    return sum(
        _VALUES[digit] * 10**place
        for place, digit in zip((3, 2, 1, 0), digits, strict=True)
        if digit
    )


def _small_change(text: str, whole: str) -> int:
    fen = 0
    for unit, worth in (("角", 10), ("分", 1)):
        digits, mark, rest = text.partition(unit)
        if mark:
            spoken = digits.removeprefix("零")
            if len(spoken) != 1 or spoken not in _VALUES:
                raise UppercaseUnreadable(text=whole)
            fen += _VALUES[spoken] * worth
            text = rest
    if text:
        raise UppercaseUnreadable(text=whole)
    return fen
