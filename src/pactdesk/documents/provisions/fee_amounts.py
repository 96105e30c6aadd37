"""The amounts a fee is made of: money with its unit, counts of seats, shares of sales, factors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pactdesk.documents.grammar.amounts import amounts_in
from pactdesk.documents.grammar.found import Found
from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value
from pactdesk.documents.grammar.quantities import quantities_in
from pactdesk.documents.provisions import fee_tables, patterns
from pactdesk.documents.provisions.fee_amount import FeeAmount
from pactdesk.documents.provisions.fee_words import NOT_A_FEE, TOTAL, unit_of_amount
from pactdesk.documents.provisions.noted import LIKELY, SURE, Noted
from pactdesk.documents.provisions.passage import Line, Passage

_FEE_LINE = r"收取|费|价|报酬|薪|工资|元|块|角|提成|佣金|倍|坐席|座席|席位|调幅|折"
_NOT_OF_THE_PAPER = r"广告|招租|范文|下载|会员价|VIP"
_SURPLUS = r"超(?:过|出|额|量)[^,;]{0,4}(?:部分|的)|其余部分|以上(?:的)?部分"
_NEAR = 60
_PART_OF_WHOLE = (
    r"(?:%|百分之[一-鿿]{1,4})\)?[^;。]{0,6}?(?:计|即|共计)[^;。]{0,6}\Z"
    r"|(?:预付款|首付款?|首期款|定金|尾款|余款)[^,;]{0,8}\Z"
)
_SEATS = re.compile(
    r"(?:坐席|座席|席位|客服席)(?:人?数量?|总数|人员|名额|规模|编制|数目)?(?:为|共|配置|配备|:|不少于"
    rf"|按)*\s?(?P<a>{NUMERAL})\s?(?:名|个|席|位|人)"
    rf"|(?P<b>{NUMERAL})\s?(?:个|名|位)?(?:标准|专属|人工|在线|固定|全职"
    r"|驻场)*(?:坐席|座席|席位|席(?!费))"
)
_VOLUME = re.compile(
    r"(?:含|含有效会话|包含?|不超过|保底|基础(?:会话|接待)?量|最低"
    rf"|内含)[^,;]{{0,14}}?(?P<n>{NUMERAL})\s?(?:个|通|条|次|单|宗|件|则|笔|人次)?(?:有效"
    r"|人工)?(?:会话|通|次|咨询|查询|来电|工单|接待|条|单)(?!内)"
    r"|(?:含|包含?|保底|对应|内含)[^,;]{0,6}?(?:会话|通话|咨询|接待|工单)(?:量"
    rf"|数)?(?:为)?\s?(?P<k>{NUMERAL})\s?(?:个|通|条|次|单|宗|件|则|笔|人次)"
    rf"|(?:每月|月)[^,;]{{0,8}}?(?P<m>{NUMERAL})\s?(?:个|通|条"
    r"|次)?(?:会话|咨询|接待)[^,;]{0,4}(?:以内|内|\(含\)|为限)"
)
_BARE = re.compile(
    r"(?:收取?|费用?|付|价|报酬|薪|口价|每月|每年|月费|年费)[为是共:]{0,2}"
    r"(?P<n>[一二两三四五六七八九][十]?[一二三四五六七八九]?[万千][一二三四五六七八九]?[千"
    r"百]?)(?=[,;。)]|\Z)"
)
_FACTOR = re.compile(
    rf"(?P<n>{NUMERAL})\s?倍"
    rf"|(?:单价|价格?|费用?|时薪|报酬|标准|工资|薪|费率)[^,;\d]{{0,6}}(?:乘以?"
    r"|×|\*|系数[为:]?)\s?(?P<m>\d\.\d+|[2-9](?![\d.]))(?!人|天|小时"
    r"|元|%)"
    rf"|系数[为是:按]*\s?(?P<k>\d\.\d+)|(?P<twice>(?:加倍|双倍|翻倍)(?=计|支付|付|结|算))"
)
_SHARE = re.compile(r"提成|提点|扣点|佣金|抽成|分成|返佣")
_OF_SALES = r"(?:销售额|成交额|业绩|实收额)[^;。扣罚]{0,24}(?:部分|的)[^;。,]{0,4}按\s?\Z"
_NET = re.compile(r"退款|退货|净|实收|扣除|实际成交|净额|签收|剔除")
_IN_A_MONTH = (
    r"每(?:个)?月[^,;]{0,6}\Z"
    r"|(?:当|该|本|整|那个|一个)月[^;\d]{0,20}(?:全勤[^;]{0,4}|[没未无不][^;\d]{0,12}奖)\Z"
)
_ADJUST = re.compile(r"调(?:整)?幅|涨幅|调价|价格调整|单价调整|上浮|上调|下调")
_SEAT_SHARE = re.compile(
    r"(?:席位费|坐席费|座席费|席费|席位单价|坐席单价)[^,;]{0,6}\Z"
    r"|加收[^,;]{0,8}\Z"
)

_SPECIAL_HOURS = (
    r"节假日|节日|加班|夜|周末|休息日|大促|超时|法定|双倍|促销|春节|除夕"
    r"|正月|国庆|店庆|周年庆|假期|节庆|双旦|跨年|元旦|五一|十一|时段|凌晨|高峰|双休|旺季"
)
_PAID_AT = (
    r"(?:计价|计算|计费|支付|结算|计酬|付酬|计付|算|给(?!予)|发(?!放|出|货|券)|付"
    r"|的(?:单价|价格|标准))"
)


def read(passage: Passage) -> tuple[Noted[FeeAmount], ...]:
    """All of them in the paper's order, each once."""
    found: list[Noted[FeeAmount]] = []
    for line in passage.saying(_FEE_LINE, without=_NOT_OF_THE_PAPER):
        near = found and line.start - found[-1].end < _NEAR and found[-1].value.unit
        for noted in _line(passage, line, near or None):
            same = [
                n
                for n in found
                if (n.value.value, n.value.unit) == (noted.value.value, noted.value.unit)
            ]
            if not same:
                found.append(noted)
    found += [n for n in fee_tables.read(passage) if n.value not in [m.value for m in found]]
    money = {n.value.unit for n in found if n.value.unit.startswith("CNY")}
    return tuple(
        n for n in sorted(found, key=lambda n: n.start) if n.value.unit != "seat" or _counts(money)
    )


def _counts(money: set[str]) -> bool:
    """A number of seats is part of the fee only where seats or persons are paid for."""
    if "CNY/min" in money:
        return False
    return any("seat" in unit or "person" in unit for unit in money) or not money


def _line(passage: Passage, line: Line, carried: str | None) -> Iterator[Noted[FeeAmount]]:
    yield from _money(passage, line, carried)
    yield from _seats(line)
    yield from _volume(line)
    yield from _factors(line)
    yield from _shares(passage, line)


def _money(passage: Passage, line: Line, carried: str | None) -> Iterator[Noted[FeeAmount]]:
    previous: tuple[str, bool] | None = None
    if carried and patterns.search(_SURPLUS, line.text):
        previous = (carried, False)
    last = line.start
    for found in _sums(passage.text, line.start, line.end):
        before = passage.text[max(last, found.start - 40) : found.start]
        behind = passage.text[found.end : min(line.end, found.end + 14)]
        lead = passage.text[max(line.start, found.start - 22) : found.start]
        if previous and previous[0] == "CNY/pp" and patterns.search(r"不超过|最高|上限", lead[-8:]):
            yield Noted(FeeAmount("bonus_cap", found.value, "CNY"), found.start, found.end, LIKELY)
            continue
        if not patterns.search(r"奖励|奖金|激励|奖\s?\Z", lead) and _is_no_fee(line, lead, behind):
            last = found.end
            continue
        # 贰拾肆万元整(¥240,000.00): the same sum in figures
        if (
            found.start - last <= 2
            and last > line.start
            and passage.text[last : found.start] == "("
        ):
            continue
        if patterns.search(_PART_OF_WHOLE, lead):
            last = found.end
            continue
        told = unit_of_amount(before, behind)
        if told is None and patterns.search(r"绩效|满分", before):
            yield Noted(
                FeeAmount("performance_fee", found.value, "CNY"), found.start, found.end, LIKELY
            )
            last = found.end
            continue
        bonus = patterns.search(r"奖励|奖金|激励|奖\s?\Z", before) or patterns.match(
            r"(?:的)?[^,;\d]{0,5}奖", behind
        )
        if bonus and not patterns.search(r"每[^,;]{0,10}百分点", before):
            monthly = patterns.search(_IN_A_MONTH, before) or patterns.match(
                r"\s?(?:/|每)(?:个)?月", behind
            )
            unit = "CNY/month" if monthly else "CNY"
            yield Noted(FeeAmount("bonus", found.value, unit), found.start, found.end, LIKELY)
            last = found.end
            continue
        if (
            told is None
            and previous
            and patterns.fullmatch(r"[^;费款每]{0,24}|[^;]{0,24}超[^;]{0,10}", before)
        ):
            told = (previous[0], False) if last > line.start or carried else None
        last = found.end
        if told is None or _is_total(before, told):
            continue
        # 每班96元,折合每小时24元: the same price once more
        if previous and patterns.search(r"折合|相当于|约合", before[-10:]):
            continue
        previous = told
        item = _item(told[0], before)
        start = _phrase_start(passage.text, line.start, found.start)
        sure = SURE if told[1] else LIKELY
        yield Noted(
            FeeAmount(item, found.value, told[0]), start, _with_unit(found.end, behind, told), sure
        )


def _sums(text: str, start: int, end: int) -> list[Found[Decimal]]:
    """Amounts with their 元; and 每月一万五, where nothing is counted but money."""
    sums = list(amounts_in(text, start, end))
    for bare in _BARE.finditer(text, start, end):
        if not any(found.start <= bare.start("n") < found.end for found in sums):
            sums.append(Found(numeral_value(bare["n"]), bare.start("n"), bare.end("n")))
    return sorted(sums, key=lambda found: found.start)


def _is_no_fee(line: Line, before: str, behind: str) -> bool:
    near = re.split(r"[,;]", before)[-1]
    if patterns.search(r"(?:扣|罚)[^,;:]{0,8}:", line.text):
        return True
    if patterns.search(r"绩效|浮动", near) and not patterns.search(r"扣|罚|违约", near):
        return False
    if patterns.search(NOT_A_FEE, near) or patterns.match(
        r"(?:的)?(?:违约金|赔偿|押金|保证金|罚款|注册资本|为限|封顶|为(?:上|最高)限|为止|到顶|打住)",
        behind,
    ):
        return True
    return bool(
        patterns.search(r"违约|赔偿|扣(?:款|减|罚)|考核", line.topic)
        and not patterns.search(r"费|价|薪", line.topic)
        and patterns.search(r"违约|赔偿|扣|罚", line.text)
    )


def _is_total(before: str, told: tuple[str, bool]) -> bool:
    near = re.split(r"[,;]", before)[-1]
    if told[0] == "CNY/year" and patterns.search(r"年度?包干|一年的?[^,;]{0,4}费", before):
        return False
    total = list(patterns.finditer(TOTAL, near))
    if not total or told[1]:
        return False
    return not patterns.search(r"每|月|年|时|席", near[total[-1].end() :])


def _phrase_start(text: str, first: int, position: int) -> int:
    cut = max(text.rfind(sign, first, position) for sign in ",;:(")
    return max(first, cut + 1)


def _with_unit(end: int, behind: str, told: tuple[str, bool]) -> int:
    if not told[1]:
        return end
    found = patterns.match(r"[/每·一-鿿]{1,8}?(?=[,;。()、]|\Z)", behind)
    return end + (found.end() if found else 0)


def _item(unit: str, before: str) -> str:
    if patterns.search(r"加班|超时|延时|加计|延长|另收|临时|额外|增派|之外|定制|另计|按需", before):
        return "overtime_price"
    if unit not in ("CNY/conversation", "CNY/min") and patterns.search(
        r"补贴|津贴|补助|餐费|餐补|加收|另加|加付|全勤|[另加再贴]补|补给|补发", before[-16:]
    ):
        return "allowance"
    return {
        "CNY/month": "monthly_fee",
        "CNY/year": "annual_fee",
        "CNY": "one_off_fee",
        "CNY/hour": "hourly_rate",
    }.get(unit, "overage_price" if patterns.search(r"超出|超过|溢出", before) else "unit_price")


def _seats(line: Line) -> Iterator[Noted[FeeAmount]]:
    found = next((m for m in _SEATS.finditer(line.text) if m.start() or m["a"]), None)
    if found and patterns.search(r"费|价|元|席", line.text + line.topic):
        count = numeral_value(found["a"] or found["b"])
        if 0 < count < 10_000 and count % 1 == 0:
            yield Noted(
                FeeAmount("seats", count, "seat"),
                line.at(found.start()),
                line.at(found.end()),
                LIKELY,
            )


def _volume(line: Line) -> Iterator[Noted[FeeAmount]]:
    found = _VOLUME.search(line.text)
    if found and patterns.search(r"元|费|保底|包含?|基础", line.text):
        count = numeral_value(found["n"] or found["m"] or found["k"] or "2")
        if count >= 50:
            yield Noted(
                FeeAmount("included_volume", count, "conversation/month"),
                line.at(found.start()),
                line.at(found.end()),
                LIKELY,
            )


def _factors(line: Line) -> Iterator[Noted[FeeAmount]]:
    for found in _FACTOR.finditer(line.text):
        near = line.text[max(0, found.start() - 24) : found.start()]
        if patterns.search(r"超过预测|预测|LPR|利率|违约|赔偿|损失|最低|调(?:整)?幅|上限", near):
            continue
        behind = line.text[found.end() : found.end() + 10]
        if not patterns.search(_SPECIAL_HOURS, near + found[0]) and not patterns.match(
            _PAID_AT, behind
        ):
            continue
        value = numeral_value(found["n"] or found["m"] or found["k"] or "2")
        start = _phrase_start(line.text, 0, found.start())
        yield Noted(
            FeeAmount("multiplier", value, "multiplier"), line.at(start), line.at(found.end())
        )


def _sold_net(passage: Passage) -> bool:
    """Whether sales that were refunded earn nothing, wherever the paper says so."""
    return any(
        _NET.search(line.text)
        and not patterns.search(r"不扣(?:除|减)?退|不论[^,;]{0,6}退|含退款", line.text)
        for line in passage.saying(r"提成|佣金|抽成|分成|返佣|销售额")
    )


def _shares(passage: Passage, line: Line) -> Iterator[Noted[FeeAmount]]:
    for found in quantities_in(passage.text, line.start, line.end):
        if found.value.unit != "pct":
            continue
        before = passage.text[max(line.start, found.start - 30) : found.start]
        around = before + passage.text[found.end : min(line.end, found.end + 16)]
        start = _phrase_start(passage.text, line.start, found.start)
        earned = _SHARE.search(around) or patterns.search(_OF_SALES, before)
        if earned and not patterns.search(r"(?<!不)扣(?!除|退|减退|掉退)|违约", around):
            unit = "pct_net_paid_sales" if _sold_net(passage) else "pct_paid_sales"
            yield Noted(FeeAmount("commission", found.value.n, unit), start, found.end, LIKELY)
        elif found.value.n > 100 and patterns.search(_SPECIAL_HOURS, line.text):
            value = FeeAmount("multiplier", found.value.n / 100, "multiplier")
            yield Noted(value, start, found.end, LIKELY)
        elif _ADJUST.search(around):
            yield Noted(
                FeeAmount("max_price_adjustment", found.value.n, "pct"), start, found.end, LIKELY
            )
        elif (
            _SEAT_SHARE.search(before)
            and "席" in line.text
            and not patterns.search(r"扣|减", before)
        ):
            yield Noted(
                FeeAmount("surcharge", found.value.n, "pct_seat_fee"), start, found.end, LIKELY
            )
