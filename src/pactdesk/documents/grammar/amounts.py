"""Amounts of money: ¥20,000.00, 人民币贰万元整, 2万元, 38.50元, 五角."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pactdesk.documents.grammar.found import Found
from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value

_D = r"[\d零一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
_SMALL = rf"(?:零?(?P<jiao>{_D})角)?(?:零?(?P<fen>{_D})分(?!之))?"
# Below one yuan only 角, or 分 in uppercase: "3分" is a score more often than money.
_BELOW = rf"(?P<j>{_D})角(?:(?P<f>{_D})分)?|(?P<u>[壹贰叁肆伍陆柒捌玖])分(?!之)"
_AMOUNT = re.compile(
    rf"(?:人民币\s?)?(?:(?:[¥￥]|(?:RMB|CNY)(?=\s?\d))\s?(?P<signed>{NUMERAL})\s?元?"
    rf"|(?P<yuan>{NUMERAL})\s?(?:[元圆]|块(?:钱)?(?!屏|板|内|业|区|地|工"
    rf"|表))(?!素|/%){_SMALL}|{_BELOW})整?"
)


def amounts_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Found[Decimal]]:
    """Every amount in a stretch of text, in yuan.

    >>> [str(f.value) for f in amounts_in("月费人民币贰万元整(¥20,000.00)，超出每条0.85元")]
    ['20000', '20000.00', '0.85']
    """
    for match in _AMOUNT.finditer(text, start, len(text) if end is None else end):
        # ____万元: the number itself is left open.
        if (match["signed"] or match["yuan"] or "0").strip("万亿千百"):
            yield Found(_value(match), match.start(), match.end())


def _value(match: re.Match[str]) -> Decimal:
    whole = match["signed"] or match["yuan"]
    yuan = numeral_value(whole) if whole else Decimal(0)
    jiao, fen = match["jiao"] or match["j"], match["fen"] or match["f"] or match["u"]
    if jiao:
        yuan += numeral_value(jiao) / 10
    return yuan + numeral_value(fen) / 100 if fen else yuan
