"""What lateness costs: the client's late fee, the provider's penalty for delay or breach."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pactdesk.documents.grammar.found import Found
from pactdesk.documents.grammar.quantities import Quantity, quantities_in
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.noted import LIKELY, SURE, Noted
from pactdesk.documents.provisions.passage import Line, Passage

_LATE = (
    r"逾期|迟延|延迟|延误|拖延|拖欠|拖(?:着)?不付|拖一[天日]|晚付"
    r"|迟[付派交到延供]|欠付|欠费|[晚迟拖](?:一|1)?[日天]|未付款项|每逾"
    r"|未(?:能)?按[^,;]{0,12}|未能?在[^,;]{0,16}(?:支付|付)"
    r"|未(?:能)?(?:依|照)[^,;]{0,16}(?:期|时|日)[^,;]{0,4}(?:交|提供|完成|派|开通|上线|支付|给付)"
    r"|未在[^,;]{0,12}(?:支付|付)"
    r"|拖着|不付(?:钱|款|工钱|账)?的|没(?:有)?(?:按时|按期|及时|准时)?(?:付|给|发(?!现|生)|结(?!果))|延期|未于|滞后|超期|不按(?:时|期)|误期|延误|未及时|缺员"
)
_COST = (
    r"多付|计息|履行金|罚|收取|加收|迟延金|逾期金|违约金|滞纳金|利息"
    r"|罚息|计付|加付|赔付|补偿|支付|补给|补付|贴给|另付"
)
_PAYING = r"[不没](?:付|给|发|结)|工钱|支付|给付|付款|付费|款|晚付|迟付|欠|报酬|工资|费用"
_DAILY = re.compile(
    r"每[一-鿿]{0,6}?(?:一|1)?(?:个)?(?:自然)?[日天](?!内)|[日天]数|(?:拖|迟"
    r"|晚)一[日天]|按(?:日|天)|日(?=万分|千分|百分|\d)"
    r"|/[日天]|逐日|日利率"
)
_BREACH = (
    r"根本违约|严重违约|擅自[^,;]{0,6}(?:终止|解除|停止|退出|中止|撤|离)|单方[^,;]{0,4}(?:终止"
    r"|解除|停止)|提前(?:终止|解除|撤)|违约方|中途(?:退出|停止|终止|撤)"
)
_LIMIT = re.compile(
    r"累计(?:不超过|最高|以|不得超过|至多)|最(?:高|多)(?:不(?:得)?超过"
    r"|为|以)?|不(?:得)?[超逾]过?(?!期)|不(?:得)?高于|封顶|上限|为限|总额(?:不超过|以)|止于"
)
_RATES = {"pct": Decimal(100), "permille": Decimal(1000), "per10k": Decimal(10000)}
_UNPAID = (
    r"[没不](?:付|给|结)|迟延(?:部分|款|金额)|逾期(?:部分|款|额)|迟付金额|未付|欠付|逾期(?:未付)?(?:金额"
    r"|款项|部分|款)|应付|欠款|拖欠|未支付|迟付|当期|滞付"
)


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that lateness costs: `value` of `unit`."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Penalty:
    """`per_day` is a part of one; `pct` a one-off percentage; of `base`; at most `cap`."""

    per_day: Decimal | None
    pct: Decimal | None
    base: str | None
    cap: Noted[Cap] | None


def late_fee(passage: Passage) -> Noted[Penalty] | None:
    """The client's lateness; its price may stand in the sentence behind."""
    found = []
    late = False
    for line in passage.lines:
        told = patterns.search(_LATE, line.text)
        if told and not patterns.search(r"顺延|迟延提供|逾期提(?:供|交)", line.text):
            before, late = late, _by_client(passage, line)
            late = late and bool(patterns.search(_PAYING, line.text))
            late = late or (before and _names_nobody(passage, line))
        elif told or not patterns.search(r"违约金|滞纳金|利息|罚息", line.text[:16]):
            # 甲方应按时付款。每延期1日, …: the next sentence may name nobody.
            late = bool(patterns.search(rf"{passage.sides.client}[^,;]{{0,10}}付款", line.text))
            continue
        noted = _penalty(passage, line) if late else None
        if noted is not None:
            named = told and patterns.search(passage.sides.client, line.text)
            found.append(noted if named else noted.less_sure())
            late = False
    return max(found, key=lambda n: n.value.per_day is not None, default=None)


def _names_nobody(passage: Passage, line: Line) -> bool:
    sides = passage.sides
    return not patterns.search(rf"{sides.client}|{sides.provider}", line.text)


def provider_penalty(passage: Passage) -> Noted[Penalty] | None:
    """The provider's lateness, or its breach that ends the contract."""
    sides = passage.sides
    for line in passage.saying(rf"{_LATE}|{_BREACH}|违约"):
        if _by_client(passage, line) or not patterns.search(sides.provider, line.text):
            continue
        acts = patterns.search(
            rf"{sides.provider}[^;]{{0,30}}?(?:{_LATE}|{_BREACH})|(?:{_LATE}"
            rf"|{_BREACH})[^;]{{0,30}}{sides.provider}",
            line.text,
        )
        if acts and patterns.search(
            r"违约金|滞纳金|赔付|扣|罚|每[日天]按?[^,;]{0,16}的?(?:万分|千分|百分)", line.text
        ):
            noted = _penalty(passage, line)
            if noted is not None and not patterns.search(
                r"评分|考核|接通率|满意度|可用率", line.text[: acts.start()]
            ):
                return noted
    return None


def _by_client(passage: Passage, line: Line) -> bool:
    """Whether it is the client that is late, or nobody is named and it is paying that is late."""
    sides = passage.sides
    late = patterns.search(_LATE, line.text)
    if late is None:
        return False
    before, behind = line.text[: late.start()], line.text[late.end() :]
    client = [m.start() for m in patterns.finditer(sides.client, before)]
    provider = [m.start() for m in patterns.finditer(sides.provider, before)]
    if client or provider:
        return max(client, default=-1) > max(provider, default=-1)
    debtor = _first_debtor(passage, behind)
    if debtor is not None:
        return debtor
    if patterns.match(r"(?:支付|付款|付|缴|的,|不付)", behind):
        return not patterns.search(rf"{sides.provider}(?:应|须)?[^,;]{{0,6}}(?:向|支付)", line.text)
    return bool(
        patterns.match(rf"[^,;]{{0,8}}(?:{_PAYING})", behind)
        or patterns.search(
            rf"(?:{_PAYING})[^,;]{{0,4}}\Z|(?:发放|支付|付款)[^,;]{{0,6}},\Z", before
        )
    )


def _first_debtor(passage: Passage, behind: str) -> bool | None:
    """逾期一天,甲方应向乙方支付: whether the client is named first as the one who pays."""
    sides = passage.sides
    for word in patterns.finditer(rf"(?<!向)(?<!给)(?:{sides.client}|{sides.provider})", behind):
        if patterns.match(r"[^,;]{0,24}?(?:支付|给付|付|承担|赔|加收)", behind[word.end() :]):
            return bool(patterns.fullmatch(sides.client, word[0]))
    return None


def _penalty(passage: Passage, line: Line) -> Noted[Penalty] | None:
    late = patterns.search(rf"{_LATE}|{_BREACH}", line.text)
    limit = _LIMIT.search(line.text, late.end() if late else 0)
    rate = _rate(passage, line, limit)
    if rate is None:
        return None
    owed = patterns.search(_COST, line.text)
    # 逾期派员,每日按缺席价款的万分之五: a schedule leaves the word of its heading out.
    if not owed and not (rate.value.unit != "pct" and _DAILY.search(line.text)):
        return None
    part = rate.value.n / _RATES[rate.value.unit]
    before = line.text[: rate.start - line.start]
    daily = _DAILY.search(
        line.text[max(0, late.start() - 3 if late else 0) : rate.end - line.start + 9]
    )
    start = line.at(max(before.rfind(","), before.rfind(";")) + 1)
    base = (
        "unpaid_amount"
        if patterns.search(_UNPAID, line.text)
        else "contract_total"
        if patterns.search(r"总(?:额|价|金额|费用)", line.text)
        else "fee"
    )
    cap = _cap(passage, line, limit, rate.start) if limit else None
    # A rate of a percent or more is not meant to be paid each day unless 日 stands at it.
    value = Penalty(part, None, base, cap) if daily else Penalty(None, part * 100, base, cap)
    return Noted(value, start, rate.end, SURE if daily else LIKELY)


def _rate(passage: Passage, line: Line, limit: re.Match[str] | None) -> Found[Quantity] | None:
    until = line.at(limit.start()) if limit else line.end
    late = patterns.search(rf"{_LATE}|{_BREACH}", line.text)
    for first, last in ((line.at(late.start() if late else 0), until), (line.start, line.end)):
        for found in quantities_in(passage.text, first, last):
            before = passage.text[max(line.start, found.start - 10) : found.start]
            if found.value.unit in _RATES and not patterns.search(
                r"年(?:化|利|息|率)|月利|LPR|税", before
            ):
                return found
    return None


def _cap(passage: Passage, line: Line, limit: re.Match[str], rate_at: int) -> Noted[Cap] | None:
    place = line.at(limit.start())
    for first, last in ((place, line.end), (max(line.start, place - 24), place)):
        places = list(quantities_in(passage.text, first, last))
        for found in places if first == place else reversed(places):
            if found.value.unit == "pct" and found.start != rate_at:
                text = passage.text[max(line.start, place - 12) : found.end]
                of = (
                    "unpaid_amount"
                    if patterns.search(_UNPAID + r"|未付|欠", text)
                    else "contract_total"
                    if "总" in text
                    else "fee"
                )
                begin = line.at(max(line.text.rfind(",", 0, limit.start()), -1) + 1)
                return Noted(Cap(found.value.n, f"pct_{of}"), min(begin, found.start), found.end)
    return None
