"""Amounts of money: ¥20,000.00, 人民币贰万元整, 2万元, 38.50元, 五角."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pactdesk.documents.grammar.found import Found
from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value

_AMOUNT = re.compile(
    rf"(?:人民币\s?)?(?:[¥￥]\s?(?P<signed>{NUMERAL})\s?元?|(?P<yuan>{NUMERAL})\s?[元圆]"
    rf"(?!素|/%)(?:(?P<jiao>[\d零一二三四五六七八九壹贰叁肆伍陆柒捌玖])角)?"
    rf"(?:(?P<fen>[\d零一二三四五六七八九壹贰叁肆伍陆柒捌玖])分(?!之))?)整?"
)


def amounts_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Found[Decimal]]:
    """Every amount in a stretch of text, in yuan.

    >>> [str(f.value) for f in amounts_in("月费人民币贰万元整(¥20,000.00)，超出每条0.85元")]
    ['20000', '20000.00', '0.85']
    """
    for match in _AMOUNT.finditer(text, start, len(text) if end is None else end):
        yield Found(_value(match), match.start(), match.end())


def _value(match: re.Match[str]) -> Decimal:
    yuan = numeral_value(match["signed"] or match["yuan"])
    jiao = numeral_value(match["jiao"]) / 10 if match["jiao"] else Decimal(0)
    fen = numeral_value(match["fen"]) / 100 if match["fen"] else Decimal(0)
    return yuan + jiao + fen if jiao or fen else yuan
