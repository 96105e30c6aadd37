"""FEE_TOTAL_MISMATCH: months times fee is not the total (A, defect 5)."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.durations import TimeUnit
from pactdesk.core.terms.findings import Finding
from pactdesk.core.units.periods import add_months
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.grammar.amounts import amounts_in
from pactdesk.documents.grammar.durations import lengths_in
from pactdesk.documents.grammar.found import Found
from pactdesk.documents.grammar.numerals import numeral_value
from pactdesk.documents.paper import Paper

_TOTAL = re.compile(
    r"(?:总(?:额|价款?|金额|费用|计|服务费)|合同(?:价款|金额)|合计|共计|总共"
    r"|全部服务费(?:用)?)[^。；;,，\d]{0,14}\Z"
)
_EACH = {
    1: re.compile(r"(?:每月|月度|按月|月(?:服务费|管理费|费|均|租))[^。；;,，\d席人名]{0,16}\Z"),
    3: re.compile(r"(?:每季度?|季度)[^。；;,，\d席人名]{0,16}\Z"),
    12: re.compile(r"(?:每年|年度|年(?:服务费|管理费|费))[^。；;,，\d席人名]{0,16}\Z"),
}
_AFTER = {1: r"\s?(?:/|每)\s?月", 3: r"\s?(?:/|每)\s?季", 12: r"\s?(?:/|每)\s?年"}
_PER_PERSON = re.compile(r"\s?/\s?(?:人|席|座席|坐席|名)|\s?(?:每人|每席)")
_NOT = r"违约金|赔偿|扣|押金|保证金|上限|保底|约合|席位费|平均"


def fee_total_mismatch(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """One fee a month, one total, a known term: the product must be the total."""
    period = next(iter(contract.of_kind(TermPeriod)), None)
    months = _months(period) if period else None
    totals, fees = _amounts(paper)
    if totals:
        months = _months_beside(paper, totals[0].start) or months
    by_seat = _seats(paper)
    if by_seat:
        return by_seat
    if any(_ONCE.search(s.text) for s in paper.main):
        return ()
    if (
        months is None
        or len({f.value for f in totals}) != 1
        or len({f.value for _, f in fees}) != 1
    ):
        return ()
    total, (per, fee) = totals[0], fees[0]
    if months % per:
        return ()
    expected = fee.value * months / per
    # A monthly fee that was rounded from the total is no contradiction.
    if abs(expected - total.value) <= Decimal(months) / per:
        return ()
    return remark(
        paper,
        "FEE_TOTAL_MISMATCH",
        (fee.start, fee.end),
        (total.start, total.end),
        clauses=("fee-1", "period-1"),
        fee=f"{fee.value:,f}",
        count=str(months // per),
        expected=f"{expected:,.2f}",
        total=f"{total.value:,f}",
    )


def _amounts(paper: Paper) -> tuple[list[Found[Decimal]], list[tuple[int, Found[Decimal]]]]:
    totals: list[Found[Decimal]] = []
    fees: list[tuple[int, Found[Decimal]]] = []
    for sentence in paper.main:
        if re.search(_NOT, sentence.text):
            continue
        for found in amounts_in(paper.text, sentence.start, sentence.end):
            before = paper.text[max(sentence.start, found.start - 24) : found.start]
            after = paper.text[found.end : found.end + 6]
            if _PER_PERSON.match(after):
                continue
            per = next(
                (
                    n
                    for n, pattern in _EACH.items()
                    if pattern.search(before) or re.match(_AFTER[n], after)
                ),
                None,
            )
            if _TOTAL.search(before):
                totals.append(found)
            elif per is not None:
                fees.append((per, found))
    return totals, fees


def _months(period: TermPeriod) -> int | None:
    if isinstance(period.months, int):
        return period.months
    start, end = period.start, period.end
    if isinstance(start, Blank) or isinstance(end, Blank):
        return None
    months = (end.year - start.year) * 12 + end.month - start.month
    return next(
        (
            n
            for n in (months, months + 1)
            if n > 0 and add_months(start, n) - timedelta(days=1) == end
        ),
        None,
    )


def _months_beside(paper: Paper, position: int) -> int | None:
    """ "二十四个月管理费总计…", "全年合计…": the months that the total itself names."""
    sentence = next((s for s in paper.main if s.start <= position < s.end), None)
    if sentence is None:
        return None
    told = [
        length.value.n * (12 if length.value.unit is TimeUnit.YEAR else 1)
        for length in lengths_in(paper.text, sentence.start, position)
        if length.value.unit in (TimeUnit.MONTH, TimeUnit.YEAR)
    ]
    if told:
        return told[-1]
    if _ALL_YEAR.search(paper.text, max(sentence.start, position - 10), position):
        return 12
    split = _SPLIT.search(paper.text, position, sentence.end)
    return int(numeral_value(split["n"])) if split else None


_ONCE = re.compile(
    r"(?:实施|建设|开发|部署|安装|初装|上线|开通|搭建|启动)费[^。；;,，]{0,10}\d"
    r"|一次性[^。；;,，]{0,8}费"
)
"""A total of parts of which one is paid once says nothing about the rest."""
_ALL_YEAR = re.compile(r"全年|年度|一年")
_SPLIT = re.compile(r"分(?P<n>\d+|[一二三四五六七八九十]+)个月")
_PRICE = re.compile(
    r"(?:每|单)?(?:个|名|位)?(?:坐席|座席|席位|席|人|客服)[^。；;,，\d]{0,6}(?:每月"
    r"|月)[^。；;,，\d]{0,8}"
    r"(?P<price>\d[\d,，]*)\s?元"
)
_SEATS = re.compile(r"(?P<n>\d+)\s?(?:个|名|位)?(?:坐席|座席|席位|席|人|客服)")
_MONTHLY_SUM = re.compile(
    r"每?月(?:度)?(?:服务费)?(?:合计|共计|总计|小计)[^。；;,，\d]{0,6}(?P<sum>\d[\d,，]*)\s?元"
)


def _seats(paper: Paper) -> tuple[Finding, ...]:
    """Ten seats at 5,000 a month are not 60,000 a month."""
    for sentence in paper.main:
        price, total = _PRICE.search(sentence.text), _MONTHLY_SUM.search(sentence.text)
        seats = _SEATS.search(sentence.text)
        if price is None or total is None or seats is None:
            continue
        fee, stated = numeral_value(price["price"]), numeral_value(total["sum"])
        expected = fee * numeral_value(seats["n"])
        if expected != stated:
            return remark(
                paper,
                "FEE_TOTAL_MISMATCH",
                (sentence.at(price.start()), sentence.at(price.end())),
                (sentence.at(total.start()), sentence.at(total.end())),
                clauses=("fee-1",),
                fee=f"{fee:,f}",
                count=seats["n"],
                expected=f"{expected:,.2f}",
                total=f"{stated:,f}",
            )
    return ()
