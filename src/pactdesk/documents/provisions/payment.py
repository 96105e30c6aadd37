"""When the client pays: which line says it, and the rhythm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.due_dates import PAYS, Due, due_in
from pactdesk.documents.provisions.noted import LIKELY, SURE, Noted
from pactdesk.documents.provisions.passage import Line, Passage

_NOT = r"逾期|违约金|迟延|拖欠|晚付|赔偿|解除|押金|保证金|退还|不予支付|暂停|中止"
_ON_SIGNING = r"(?:签(?:订|署|约|字)|生效)[^;]{0,24}(?:后|内|之日|时|当日)"
_ADVANCE = r"首付|首期|预付款|定金|尾款|余款|剩余|最后一期|首笔|尾期"
_STAGE = r"验收|上线|里程碑|初验|终验|交付(?!费)|余下|%|百分之|[一二三四五六七八九]成"
_REGULAR = (
    r"每个?(?:服务|合同)?年度?|逐年|按月|每月|逐月|按季|每季|次月"
    r"|当月|上月|按年|每半年|逐季|月度|季度"
)
_COUNTS = r"结算|对账|账单|计费|核算|结账|开票|发票|请款|付款|支付|费用?|报酬"

_CYCLES: tuple[tuple[str, str], ...] = (
    ("two_installments", r"分(?:两|二|2)(?:期|次|笔)(?!发)|两期支付|分两(?!次发)"),
    (
        "every_10_days",
        r"每(?:满)?(?:十|10)\s?(?:个)?(?:自然|日历)?[日天](?!前)|按旬"
        r"|每旬|逢旬|周期为?(?:十|10)[日天]",
    ),
    (
        "semimonthly",
        r"每半个?月|半个?月(?:一|结|发|付)|按半月|每(?:满)?(?:十五|15)\s?(?:个)?(?:自然"
        r"|日历)?[日天](?!前|内)|半月度",
    ),
    (
        "weekly",
        r"每周|按周|周结|一周一(?:结|付|发)|下一周|上一周|每星期|逐周"
        r"|次周|每个?礼拜|下周|每七[日天]|周薪",
    ),
    ("bimonthly", r"(?:两|二)个?月一(?:结|付|清)|每(?:两|二|2)个?月|双月|隔月|按双月"),
    (
        "semiannual",
        r"半年一(?:结|付)|每半年|按半年|半年(?:度)?(?:支付|结算|一付|付"
        r"|结|首月)|每(?:六|6)个月|上、?下半年|上半年[^;]{0,20}下半年",
    ),
    (
        "quarterly",
        r"每个?(?:自然)?季|[当本上该]季|按(?:自然)?季|逐季|季度?(?:支付|结算|付|结"
        r"|末|首月)|每(?:三|3)个月|每一季度|各季度|一季一(?:结|付)",
    ),
    (
        "monthly",
        r"每(?:个|一)?(?:自然)?月|按(?:自然)?月|逐月|月结|月付|次月|当月"
        r"|上月|上(?:一)?个?(?:自然)?月|月度|按月|下个?月|一月一(?:结"
        r"|付)"
        r"|自然月",
    ),
    ("annual", r"每年|按年|逐年|年付|每(?:一|个)?(?:服务|合同)?年度?|年度(?:支付|结算)|一年一付"),
    ("once", r"一次性(?:支付|付清|结清|结算|付)|一次付清|一次结清"),
)
_RARE = ("annual", "once", "bimonthly", "semimonthly", "semiannual")
_SAID_AS_CYCLE = re.compile(
    r"(?:结算|付款|支付|计费|对账|账务)(?:周期|频率|方式)[^一-鿿]{0,4}(?:为|是)?\s?"
    r"(?:[^,;。]{0,6}?)(?P<word>自然月|按月|月|季度?|年度?|半年|周|旬|十天|十日)"
)
_WORD_CYCLES = {
    "月": "monthly",
    "季": "quarterly",
    "年": "annual",
    "周": "weekly",
    "旬": "every_10_days",
}


@dataclass(frozen=True, slots=True)
class Payment:
    """Rhythm and due date of the regular fee."""

    cycle: Noted[str] | None
    due: Noted[Due] | None


def read(passage: Passage) -> Payment:
    """The line that sets a due date for the client tells most; the rhythm may stand elsewhere."""
    lines = list(_payment_lines(passage))
    dues = [(line, found) for line in lines if (found := _due(passage, line))]
    told = [(line, found) for line, found in dues if found.value.event]
    if told and not dues[0][1].value.event and not _only_instalments(dues[0][0]):
        dues = [told[0], *dues]
    due_line, due = dues[0] if dues else (None, None)
    # Several due dates in one paper: the plainest line decided, not the paper alone.
    if due is not None and len({found.value for _, found in dues}) > 1:
        due = due.less_sure()
    cycle = _cycle(passage, lines, due_line, due)
    # Instalments have their own due dates; a regular one is not among them.
    if due_line is not None and _only_instalments(due_line):
        due = None
    return Payment(cycle, due)


def _payment_lines(passage: Passage) -> Iterator[Line]:
    """Lines in which the client pays the regular fee; the plainest first."""
    found = []
    for line in passage.saying(PAYS):
        if patterns.search(_NOT, line.text) and not patterns.search(
            rf"(?:{PAYS})[^,;]*,[^;]*(?:{_NOT})", line.text
        ):
            continue
        told = 2 * bool(patterns.search(passage.sides.client, line.text))
        told += bool(patterns.search(r"支付|付款|付清|发放|转账|汇", line.text))
        told += bool(_due(passage, line)) * 2
        told += bool(patterns.search(r"费|款|报酬|薪|工资|酬", line.text))
        told += bool(patterns.search(r"支付|付款|结算|费用|报酬", line.topic))
        regular = patterns.search(_REGULAR, line.text)
        told -= 3 * bool(patterns.search(_ADVANCE, line.text) and not regular)
        told -= 4 * bool(patterns.search(_ON_SIGNING, line.text) and not regular)
        told -= 3 * bool(
            patterns.search(r"(?:终止|解除|期满|届满|结束)(?:后|之日)", line.text) and not regular
        )
        told -= 2 * bool(patterns.search(_STAGE, line.text) and not regular)
        told -= 2 * bool(patterns.search(_NOT, line.text))
        told -= 4 * bool(line.annex)
        # What stands among the remaining clauses does not rule the matter.
        told -= 4 * bool(patterns.search(r"(?:其他|其它|杂项|附则|别的)[^/]{0,4}\Z", line.topic))
        found.append((-told, line.start, line))
    return iter([line for _, _, line in sorted(found, key=lambda item: item[:2])])


def _only_instalments(line: Line) -> bool:
    told = patterns.search(rf"{_ADVANCE}|{_ON_SIGNING}|其余|余下|分(?:两|二|2|三|3)期", line.text)
    return bool(told) and not patterns.search(_REGULAR, line.text)


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
        if patterns.search(PAYS, phrase) and not patterns.search(
            r"发票(?!后|之)|异议", phrase[-8:]
        ):
            yield first, last
        first = last
    for word in patterns.finditer(PAYS, line.text):
        yield 0, min(len(line.text), word.end() + 14)


def _cycle(
    passage: Passage, lines: list[Line], due_line: Line | None, due: Noted[Due] | None
) -> Noted[str] | None:
    if due and due.value.kind == "day_of_quarter_first_month":
        return Noted("quarterly", due.start, due.end)
    if due and due.value.kind == "day_of_half_year_first_month":
        return Noted("semiannual", due.start, due.end)
    ordered = ([due_line] if due_line else []) + [line for line in lines if line is not due_line]
    for line in ordered:
        found = _cycle_in(line)
        if found:
            return found if line is due_line else found.less_sure()
    for line in passage.saying(_COUNTS, without=rf"{_NOT}|考核|扣"):
        said = _SAID_AS_CYCLE.search(line.text)
        if said:
            name = (
                "semiannual"
                if "半年" in said["word"]
                else _WORD_CYCLES.get(
                    said["word"].removeprefix("自然").removeprefix("按")[0], "every_10_days"
                )
            )
            return Noted(name, line.at(said.start()), line.at(said.end()), LIKELY)
        found = _cycle_in(line)
        if found and patterns.search(r"结算|对账|账单|结账|开票|请款|发票", line.text):
            return found.less_sure(0.6)
    return None


def _cycle_in(line: Line) -> Noted[str] | None:
    for name, pattern in _CYCLES:
        found = patterns.search(pattern, line.text)
        if found is None:
            continue
        if name == "once" and patterns.search(_CYCLES[-2][1], line.text):
            continue
        sure = LIKELY if name in _RARE else SURE
        return Noted(name, line.at(found.start()), line.at(found.end()), sure)
    return None
