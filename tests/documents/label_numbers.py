"""Numbers in a quote, read without the reader: figures, Chinese numerals, scans."""

import re
import unicodedata
from decimal import Decimal

SIGNS = ("零〇", "一壹", "二两兩贰貳", "三叁", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
DIGITS = {sign: value for value, signs in enumerate(SIGNS) for sign in signs}
SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
HAN = "".join(DIGITS) + "".join(SCALES) + "万萬"


def han_number(words: str) -> Decimal:
    """A number in Chinese numerals, everyday or banker's.

    >>> han_number("壹佰贰拾捌万"), han_number("二〇二六"), han_number("十五")
    (Decimal('1280000'), Decimal('2026'), Decimal('15'))
    """
    if all(sign in DIGITS for sign in words):
        return Decimal("".join(str(DIGITS[sign]) for sign in words))
    whole = part = last = 0
    for sign in words:
        if sign in DIGITS:
            last = DIGITS[sign]
        elif sign in SCALES:
            part, last = part + (last or 1) * SCALES[sign], 0
        else:
            whole, part, last = (whole + part + last or 1) * 10_000, 0, 0
    return Decimal(whole + part + last)


def plain(quote: str) -> str:
    """The quote without what a scan or a portal put between the signs."""
    text = re.sub(r"\([a-zà-ǜ]+\)", "", quote)
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(
        r"(?<![A-Za-z])[\dOolI]+(?![A-Za-z])",
        lambda run: run[0].translate(str.maketrans("OolI", "0011")),
        text,
    )
    text = re.sub(r"(\d{4})[./](\d{1,2})[./](\d{1,2})", r"\1 年\2 月\3 日", text)
    text = re.sub(r"(?<=[\d.])\s+(?=[\d.,%])", "", text)
    text = re.sub(f"(?<=[{HAN}])\\s+(?=[{HAN}])", "", text)
    return re.sub(r"(?<=\d)\s*,\s*(?=\d{3})", "", text)


def numbers_in(quote: str) -> set[Decimal]:
    """Every number that the quote can be said to state, as a plain figure.

    >>> Decimal("88") in numbers_in("不低于八成八"), Decimal("5") in numbers_in("万分之五")
    (True, True)
    """
    text = plain(quote)
    found = set()
    for digits, scale in re.findall(r"(\d+(?:\.\d+)?)([万萬千]?)", text):
        found.add(Decimal(digits) * {"": 1, "千": 1000}.get(scale, 10_000))
        found.add(Decimal(digits))
    for words in re.findall(f"[{HAN}]+", text):
        found.add(han_number(words))
        found.update(han_number(sign) for sign in words if sign in DIGITS or sign in SCALES)
    for left, right in re.findall(f"([{HAN}]+)[点點]([{HAN}]+)", text):
        found.add(Decimal(f"{han_number(left)}.{''.join(str(DIGITS[s]) for s in right)}"))
    for whole, tenths in re.findall(f"([{HAN}]+)元([{HAN}])角", text):
        found.add(Decimal(f"{han_number(whole)}.{DIGITS[tenths]}"))
    for tens, ones in re.findall(f"([{''.join(DIGITS)}])成([{''.join(DIGITS)}]?)", text):
        found.add(Decimal(DIGITS[tens] * 10 + (DIGITS[ones] if ones else 0)))
    if "半" in text:
        found |= {Decimal("0.5")} | {number + Decimal("0.5") for number in found}
    if "倍" in text:
        found.add(Decimal(1))
    return found
