"""Small numbers as clause labels write them: 十二, 12, ⑫, l."""

from __future__ import annotations

CHINESE = "〇零一二两三四五六七八九十百"
_VALUES = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100}
_DIGITS = "零一二三四五六七八九"


def ordinal(label: str) -> int:
    """The value of a label's number, 0 if it has none.

    >>> ordinal("十二"), ordinal("一百零三"), ordinal("12"), ordinal("③"), ordinal("c")
    (12, 103, 12, 3, 3)
    """
    if label.isascii() and label.isdigit():
        return int(label)
    if len(label) == 1 and "①" <= label <= "⑳":
        return ord(label) - ord("①") + 1
    if len(label) == 1 and "a" <= label.lower() <= "z":
        return ord(label.lower()) - ord("a") + 1
    return _chinese(label)


def chinese(value: int) -> str:
    """How a list numbers its item, from 1 to 9999.

    >>> chinese(3), chinese(12), chinese(20), chinese(103), chinese(2024)
    ('三', '十二', '二十', '一百零三', '二千零二十四')
    """
    text = ""
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            text += ("" if place == 10 and value < 20 else _DIGITS[digit]) + name
        elif text and value % place and not text.endswith("零"):
            text += "零"
    return text


def _chinese(label: str) -> int:
    total = digit = 0
    for character in label:
        if character in _VALUES:
            digit = _VALUES[character]
        elif character in _PLACES:
            total += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            return 0
    return total + digit
