"""When the client pays: the rhythm, and what starts the clock of each payment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.noted import GUESS, LIKELY, SURE, Noted
from pactdesk.documents.provisions.passage import Line, Passage

_PAYS = (
    r"支付|付款|付清|结清|结算|发放|发(?:上|当|给|工资|薪|报酬)|打款|转账|汇入|汇付|付给|付至|划付"
    r"|支给|给付|付讫|转入|结付|划入|打入|存入|缴纳|月结|月付|按季付|预付|发薪|付(?:上|当|次|清|出)"
    r"|缴付|到账"
)
_NOT = r"逾期|违约金|迟延|拖欠|晚付|赔偿|解除|押金|保证金|退还|不予支付|暂停|中止"
_ON_SIGNING = r"(?:签(?:订|署|约|字)|生效)[^;]{0,24}(?:后|内|之日|时|当日)"
_ADVANCE = r"首付|首期|预付款|定金|尾款|余款|剩余|最后一期|首笔|尾期"
_N = rf"(?P<n>{NUMERAL})"

_CYCLES: tuple[tuple[str, str], ...] = (
    ("two_installments", r"分(?:两|二|2)(?:期|次|笔)|两期支付|分两"),
    ("every_10_days", r"每(?:满)?(?:十|10)\s?(?:个)?(?:自然|日历)?[日天](?!前)|按旬|每旬|逢旬"),
    ("weekly", r"每周|按周|周结|每星期|逐周|次周"),
    ("bimonthly", r"(?:两|二)个?月一(?:结|付|清)|每(?:两|二|2)个?月|双月|隔月|按双月"),
    (
        "semiannual",
        r"半年一(?:结|付)|每半年|按半年|半年(?:度)?(?:支付|结算|一付|付|结"
        r"|首月)|每(?:六|6)个月",
    ),
    (
        "quarterly",
        r"每季|按季|逐季|季度?(?:支付|结算|付|结|末|首月)|每(?:三|3)个月"
        r"|每一季度|各季度",
    ),
    (
        "monthly",
        r"每(?:个)?(?:自然)?月|按(?:自然)?月|逐月|月结|月付|次月|当月|上月"
        r"|上(?:一)?个?(?:自然)?月|月度(?:结算|服务费)|按月",
    ),
    ("annual", r"每年|按年|逐年|年付|每个?(?:服务|合同)?年度?|年度(?:支付|结算)"),
    ("once", r"一次性(?:支付|付清|结清|结算|付)|一次付清"),
)
_EVENTS: tuple[tuple[str, str], ...] = (
    (
        "statement_and_invoice_received",
        r"(?:对账单|结算单|账单|清单|报告|对账函|工时单|报表|统计表"
        r"|明细)[^,;]{0,4}(?:和|及|与|、|并|以及)[^,;]{0,10}(?:发票|专票)"
        r"|(?:发票|专票)[^,;]{0,4}(?:和|及|与|、|以及)[^,;]{0,10}(?:对账单"
        r"|结算单|账单|清单|报告|对账函|工时单|报表|统计表|明细)",
    ),
    (
        "invoice_received",
        r"收[到取齐][^,;]{0,26}(?:发票|专票|票据)|(?:发票"
        r"|专票)[^,;]{0,8}(?:送达|收到|开具|开出|提交|到达|后)|(?:凭|见)票"
        r"|收票",
    ),
    (
        "statement_confirmed",
        r"(?:确认|核对|审核|复核|签认|核定|签字|盖章|对账|无异议|核实"
        r"|验收)[^,;]{0,14}(?:后|之日|之次日|起)|(?:结算单|对账单|账单"
        r"|清单)[^,;]{0,12}(?:确认|核对|签)",
    ),
    (
        "statement_received",
        r"收到[^,;]{0,26}(?:结算单|对账单|账单|结算报告|请款|清单|报告|明细"
        r"|报表|对账函|申请)|(?:账单|结算单|对账单|请款单"
        r"|付款通知)[^,;]{0,6}(?:发出|送达|提交|开出|出具|日后|之日)|账单日",
    ),
    ("service_year_start", r"(?:服务|合同)?年度?(?:开始|起始|首日|起)|年初"),
    (
        "service_end",
        r"服务(?:期)?(?:结束|完成|期满|届满|终了)|(?:合同|协议)(?:期满|终止"
        r"|届满)|完工|工作结束",
    ),
    ("settlement_date", r"结算日"),
    ("settlement", r"结算(?:后|完成|之日)"),
    (
        "period_end",
        r"(?:季度|季|月|月度|年度|周期|账期|自然月|计费期|半年|周|旬)(?:结束"
        r"|届满|终了|期满|末|底|满|终)",
    ),
)
_AFTER = re.compile(
    rf"{_N}\s?(?P<unit>个?工作日|个?自然日|日历日|日|天)(?:之?内|以内|内"
    r"|前)?(?=[^一-鿿]|\Z|内|将|向|付|支|结|由|以|完|转|一|把|通|缴|汇|的"
    r"|全|清|办|足)"
)
_DAY_OF_MONTH = re.compile(
    r"(?:次月|下月|下个月|次(?:一|个)?(?:自然)?月|每(?:个)?(?:自然)?月"
    rf"|当月|翌月|隔月|月)(?:的)?\s?{_N}\s?[日号](?!内)"
)
_DAYS_OF_MONTH = re.compile(
    r"(?:每月|每个月)\s?(?P<n>\d+)\s?[日号]?\s?(?:、|和|与|及"
    r"|,)\s?(?P<m>\d+)\s?[日号]"
)
_FIRST_MONTH = re.compile(
    r"(?P<period>每?(?:个)?(?:自然)?季度?|半年度?)(?:的)?(?:首"
    rf"|第一)(?:个)?月(?:的)?\s?(?:第)?{_N}\s?(?:[日号]|个工作日)"
)
_DAYS_APART = re.compile(
    r"(?:每月|次月)\s?(?P<n>\d+)\s?[日号][^;]{0,24}?(?:次月|每月"
    r"|当月)\s?(?P<m>\d+)\s?[日号][^;]{0,6}支付"
)
_WEEKDAY = re.compile(
    r"(?:次|下|每)(?:一)?(?:周|星期|个星期)的?\s?(?:周"
    r"|星期)?(?P<day>[一二三四五六日天])"
)
_WEEK = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Due:
    """Kind, number and starting event, in the words of the reading summary."""

    kind: str
    n: int | tuple[int, ...]
    event: str | None


@dataclass(frozen=True, slots=True)
class Payment:
    """Rhythm and due date of the regular fee."""

    cycle: Noted[str] | None
    due: Noted[Due] | None


def read(passage: Passage) -> Payment:
    """The line that sets a due date for the client tells most; the rhythm may stand elsewhere."""
    lines = list(_payment_lines(passage))
    due_line, due = next(
        ((line, found) for line in lines if (found := _due(passage, line))), (None, None)
    )
    # Several due dates in one paper: the plainest line decided, not the paper alone.
    told = {found.value for line in lines if (found := _due(passage, line))}
    if due is not None and len(told) > 1:
        due = due.less_sure()
    cycle = _cycle(lines, due_line, due)
    # Instalments have their own due dates; a regular one is not among them.
    if due_line is not None and _only_instalments(due_line):
        due = None
    return Payment(cycle, due)


def _payment_lines(passage: Passage) -> Iterator[Line]:
    """Lines in which the client pays the regular fee; the plainest first."""
    found = []
    for line in passage.saying(_PAYS):
        if patterns.search(_NOT, line.text) and not patterns.search(
            rf"{_PAYS}[^,;]*,[^;]*(?:{_NOT})", line.text
        ):
            continue
        told = 2 * bool(patterns.search(passage.sides.client, line.text))
        told += bool(patterns.search(r"支付|付款|付清|发放|转账|汇", line.text))
        told += bool(_due(passage, line)) * 2
        told += bool(patterns.search(r"费|款|报酬|薪|工资|酬", line.text))
        told += bool(patterns.search(r"支付|付款|结算|费用|报酬", line.topic))
        regular = patterns.search(r"按月|每月|逐月|按季|每季|次月|当月|上月", line.text)
        told -= 3 * bool(patterns.search(_ADVANCE, line.text) and not regular)
        told -= 4 * bool(patterns.search(_ON_SIGNING, line.text) and not regular)
        told -= 3 * bool(
            patterns.search(r"(?:终止|解除|期满|届满)(?:后|之日)", line.text) and not regular
        )
        told -= 2 * bool(patterns.search(_NOT, line.text))
        told -= 4 * bool(line.annex)
        found.append((-told, line.start, line))
    return iter([line for _, _, line in sorted(found, key=lambda item: item[:2])])


def _only_instalments(line: Line) -> bool:
    told = patterns.search(rf"{_ADVANCE}|{_ON_SIGNING}|其余|余下|分(?:两|二|2|三|3)期", line.text)
    return bool(told) and not patterns.search(r"按月|每月|逐月|按季|每季|次月|上月|按年", line.text)


def due_in(text: str, start: int, end: int, context: str) -> Noted[Due] | None:
    """The due date in a stretch of text; the nearest event before it starts its clock."""
    part = text[start:end]
    several = _DAYS_OF_MONTH.search(part)
    if several:
        value = Due(
            "days_of_month",
            (int(several["n"]), int(several["m"])),
            _event(part, context, "month_after_service"),
        )
        return Noted(value, start + several.start(), start + several.end(), LIKELY)
    first = _FIRST_MONTH.search(part)
    if first:
        half = "半年" in first["period"]
        kind = "day_of_half_year_first_month" if half else "day_of_quarter_first_month"
        value = Due(kind, int(numeral_value(first["n"])), "half_year" if half else "quarter")
        return Noted(value, start + first.start(), start + first.end())
    weekday = _WEEKDAY.search(part)
    if weekday and patterns.search(r"次周|下周|每周|次一周|下一周", part):
        day = _WEEK.index(weekday["day"].replace("天", "日")) + 1
        return Noted(
            Due("weekday_next_week", day, "period_end"),
            start + weekday.start(),
            start + weekday.end(),
            LIKELY,
        )
    return _counted(part, start, context) or _monthly(part, start)


def _counted(part: str, start: int, context: str) -> Noted[Due] | None:
    """Days after an event; a deadline that the other side has for checking is not it."""
    for found in _AFTER.finditer(part):
        lead = part[: found.start()]
        if patterns.search(
            r"(?:月|(?<!后)(?<!后的)第|年|每|月的|[日号]\s?(?:至|到|-|~))\s?\Z", lead
        ) or (part[found.end() - 1] == "前" and not patterns.search(r"起|后的?第", lead[-6:])):
            continue
        if patterns.search(r"(?:逾期|迟延|延迟|拖欠|超过|超期)(?:达|满|超过)?\s?\Z", lead):
            continue
        rest = re.split(r"[,;]", part[found.end() :])[0]
        after = part[found.end() : found.end() + 24]
        if patterns.match(
            r"[^,;]{0,12}(?:核对|确认|审核|复核|提出|反馈|对账|开具|提交|提供"
            r"|送达|书面|异议|核实|出具|验收|交)(?!.{0,10}(?:付|支|结清))",
            after,
        ) and not patterns.search(_PAYS, rest):
            continue
        number = numeral_value(found["n"])
        if number % 1 or not 0 < number <= 400:
            continue
        kind = "working_days_after" if "工作" in found["unit"] else "calendar_days_after"
        place = max(lead.rfind(","), lead.rfind(";"), -1) + 1
        event = _event(lead, context, None)
        return Noted(
            Due(kind, int(number), event),
            start + place,
            start + found.end(),
            SURE if event else GUESS,
        )
    return None


def _monthly(part: str, start: int) -> Noted[Due] | None:
    for found in _DAY_OF_MONTH.finditer(part):
        rest = re.split(r"[,;]", part[found.end() :])
        following = rest[0] + (rest[1] if len(rest) > 1 and len(rest[0]) < 4 else "")
        if patterns.search(
            r"提交|递交|报送|送达|提供|出具|开具|核对|发送|发给|发出|交给|报给|交(?:付)?(?:上|发|结"
            r"|对)",
            following,
        ) and not patterns.search(r"支付|付款|付清|发放|付", following):
            continue
        number = int(numeral_value(found["n"]))
        if 1 <= number <= 31:
            return Noted(
                Due("day_of_month", number, "month_after_service"),
                start + found.start(),
                start + found.end(),
            )
    return None


def _event(lead: str, context: str, default: str | None) -> str | None:
    """What starts the clock: said in the same phrase, else the latest said before it."""
    phrase = re.split(r"[,;]", lead)[-1]
    for name, pattern in _EVENTS:
        if patterns.search(pattern, phrase):
            return name
    if patterns.search(r"(?:收到|收讫|接到|送达)(?:之日)?(?:后|起)?\Z", phrase):
        return _what_was_received(lead[: -len(phrase)] or context)
    for words in (lead, context):
        best: tuple[int, int, str] | None = None
        for rank, (name, pattern) in enumerate(_EVENTS):
            for found in patterns.finditer(pattern, words):
                key = (found.end(), -rank, name)
                if best is None or key[:2] > best[:2]:
                    best = key
        if best:
            return best[2]
    return default


def _what_was_received(lead: str) -> str | None:
    """乙方提供结算单和发票,甲方收到后: what stands before it."""
    statement = patterns.search(r"结算单|对账单|账单|清单|报告|对账函|统计表|明细", lead)
    if patterns.search(r"发票|专票", lead):
        return "statement_and_invoice_received" if statement else "invoice_received"
    return "statement_received" if statement else None


def _due(passage: Passage, line: Line) -> Noted[Due] | None:
    for first, last in _paying_parts(line):
        before = passage.text[max(0, line.start - 60) : line.start]
        found = due_in(passage.text, line.at(first), line.at(last), before + line.text[:last])
        if found:
            return found
    return None


def _paying_parts(line: Line) -> Iterator[tuple[int, int]]:
    """The phrases that speak of paying; then the line up to each word of paying."""
    first = 0
    for phrase in re.split(r"(?<=[,;])", line.text):
        last = first + len(phrase)
        if patterns.search(_PAYS, phrase) and not patterns.search(
            r"发票(?!后|之)|异议", phrase[-8:]
        ):
            yield first, last
        first = last
    for word in patterns.finditer(_PAYS, line.text):
        yield 0, min(len(line.text), word.end() + 14)


def _cycle(lines: list[Line], due_line: Line | None, due: Noted[Due] | None) -> Noted[str] | None:
    ordered = ([due_line] if due_line else []) + [line for line in lines if line is not due_line]
    if due and due.value.kind == "day_of_quarter_first_month":
        return Noted("quarterly", due.start, due.end)
    if due and due.value.kind == "day_of_half_year_first_month":
        return Noted("semiannual", due.start, due.end)
    for line in ordered:
        for name, pattern in _CYCLES:
            found = patterns.search(pattern, line.text)
            if found:
                return Noted(
                    name,
                    line.at(found.start()),
                    line.at(found.end()),
                    LIKELY if line is not due_line else SURE,
                )
    return None
