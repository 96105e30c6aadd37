"""Deductions by step or by event: 每低于目标1个百分点,扣2%; 每发生一起,扣500元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pactdesk.documents.grammar.amounts import amounts_in
from pactdesk.documents.grammar.found import Found
from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value
from pactdesk.documents.grammar.quantities import quantities_in
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.deductions.kinds import Deduction, base_of, metric_in
from pactdesk.documents.provisions.noted import LIKELY, Noted
from pactdesk.documents.provisions.passage import Line, Passage

_VERB = re.compile(
    r"扣(?:减|除|罚|款|发|付|当|月|本|其|相应|该|服务|甲|乙)?|抵扣|抵减|减付|核减|少付|罚款?"
    r"|(?:向\S{1,6})?(?:支付|给付|赔付|赔偿|承担)(?:人民币|违约金"
    r"|\S{0,8}?违约金)?|违约金(?:为|人民币)?|减收|下调|让利|减免|折让|下浮|返还(?=[^,;]{0,6}费)"
)
_STEP = re.compile(
    r"每[^,;\d一1]{0,6}?(?:迟|晚|逾期?|拖延?|延期?)(?:交|报|送|提交"
    r"|延)?(?P<k>一|1)\s?(?P<unit3>[天日])"
    r"|每(?:增加|上升|超出|超过|高出?|多|降低|下降|低于?|减少)[^,;\d]{0,4}?(?P<part>[百千"
    r"万]分之[一1])|"
    r"每(?:降(?:低)?|下降|低于?|减少|少|差|欠|慢|晚|超过?|超出|高于?|增加|提高|上升"
    r"|多|超时|迟延|延迟)(?:于)?(?:目标|标准|指标"
    r"|第?[\d.]{1,6}[条款项][约规所]?[定列]?的?(?:数?值|标准|目标|指标)?"
    rf"|[^,;\d]{{0,12}}?[\d.]+%|\d+分)?[^,;\d一1]{{0,8}}?(?P<n>{NUMERAL}|半)"
    r"\s?(?P<unit>个?百分点|%|分(?!之)(?:钟)?|秒|小时|次|件|条|通|起|例|个?点"
    r"|个|‰|天|日)"
    r"|(?:低于|未达|不足|少于|高于|超过|超出)[^,;]{0,20}?,?每(?:差|低"
    r"|少|高|超|降低|降|下降|减少|增加|上升|超出"
    rf"|超过)?(?:于)?\s?(?P<m>{NUMERAL})\s?(?P<unit2>个?百分点|%"
    r"|分(?!之)(?:钟)?|秒|小时|个?点|‰)"
)
_EVENT = re.compile(
    r"每(?:一事件|个事件|宗|发生|出现|发现|有|查实|产生|次|起|例|人次|件|条|人|班次?|班"
    r"|缺|漏|单|通|迟到|泄露|逾期)(?:一|1)?(?:次|起|例|件|人次|条|单|项"
    r"|班|人)?|(?:一|1)(?:人次|次|起|例|件|天|日|小时|班|单|条|回)(?:的"
    r"|者)?[,]?(?:扣|罚|赔|减|少)|每(?:一"
    r"|1)?(?:次|起|例|件|条|人次|班次?)"
)
_ABOVE = re.compile(r"每(?:超|慢|晚|高|多|增|上升|提高|延|迟)|(?:高于|超过|超出)")
_INTRO = re.compile(r"(?:扣款|扣减|扣除|扣罚|罚款|处罚|违约金)[^:;。]{0,14}:")
_LISTED = re.compile(
    r"每(?:发生|出现)?(?:一|1)?(?:次|起|例|件|人次|条|单|通|班)(?:的)?[,:]?\s?(?:人民币)?("
    rf"?P<n>{NUMERAL})\s?元"
)
_CAP = re.compile(r"上限|最多|为限|不超过|封顶|最高|至多|累计不")
_SCORES = ("qa_score", "csat_score", "csat", "client_satisfaction_score")
_BARE = re.compile(r"\s?(?P<n>[1-9]\d{0,5})(?=[,;。)]|\Z)")
_UNITS = {
    "分": "point",
    "秒": "s",
    "分钟": "min",
    "小时": "h",
    "次": "count",
    "件": "count",
    "条": "count",
    "通": "count",
    "起": "count",
    "例": "count",
    "个": "count",
    "‰": "permille",
    "天": "day",
    "日": "day",
}
_COMMON = r"情节|再次|核实|查实|属实|严重|重复|屡|第|其中|以上|另|由此|上述|每|次|起|件|的|者"


def read(passage: Passage, taken: list[tuple[int, int]]) -> Iterator[Noted[Deduction]]:
    """One for each sum or percentage that is taken off, outside the places already read."""
    listed = False
    for line in passage.lines:
        intro = _INTRO.search(line.text)
        listed = bool(intro) or (listed and bool(_LISTED.search(line.text)))
        if listed and not patterns.search(r"扣|罚", line.text[intro.end() if intro else 0 :]):
            yield from _listed(line, intro.end() if intro else 0)
        elif patterns.search(
            r"扣|抵|少付|减付|核减|罚|让利|减免|折让|下浮|下调|减收|每[^,;]{0,14}(?:支付|给付|赔|承担)"
            r"|一人?[次起例件]|泄[露密漏]|外泄|曝光|舆情",
            line.text,
        ):
            yield from _line(passage, line, taken)


def _listed(line: Line, first: int) -> Iterator[Noted[Deduction]]:
    """扣款标准如下:(1)辱骂客户的,每起2000元: the word of taking off stands above the list."""
    for found in _LISTED.finditer(line.text, first):
        metric = metric_in(line.text[first : found.start()], events=True)
        if metric is not None:
            amount = numeral_value(found["n"])
            deduction = Deduction(metric, "per_event", amount, "CNY")
            yield Noted(deduction, line.at(found.start()), line.at(found.end()), LIKELY)
        first = found.end()


def _line(passage: Passage, line: Line, taken: list[tuple[int, int]]) -> Iterator[Noted[Deduction]]:
    last = 0
    subject: str | None = None
    for verb in _VERB.finditer(line.text):
        if verb.start() < last or any(a <= line.at(verb.start()) < b for a, b in taken):
            continue
        sum_ = _sum(passage, line, verb)
        if sum_ is None:
            continue
        lead = line.text[last : verb.start()]
        if patterns.search(
            r"不(?:予|得|再)?\Z|(?:最多|至多|最高|累计)[^,;]{0,4}\Z", lead
        ) or _CAP.search(line.text[verb.start() : sum_.start - line.start]):
            continue
        near = passage.text[max(0, line.start - 30) : line.start] if len(lead) < 10 else ""
        step, event = _STEP.search(lead), _EVENT.search(lead + verb[0])
        if step is None and event is None:
            grave = metric_in(lead, events=True) in ("data_leak", "media_incident")
            if grave and sum_.value[1] == "CNY":
                pass
            elif not patterns.match(r"扣|抵|少付|减付|罚", verb[0]) or not patterns.search(
                r"未|低于|超过|不足|不满|逾|漏|迟|不合格|不及格|不达|不到", lead
            ):
                continue
        elif not patterns.match(
            r"扣|抵|少付|减|罚|核减|让|折|下浮|返还", verb[0]
        ) and patterns.search(r"逾期|每(?:逾期|延迟|迟延)", lead):
            continue
        metric = metric_in(lead, events=step is None) or _referred(passage, lead)
        if metric is None and not _own_subject(lead, step, event):
            metric = subject or metric_in(near + lead, events=step is None)
            if metric is None and patterns.match(r"每", lead):
                above = passage.text[max(0, line.start - 90) : line.start]
                metric = metric_in(re.split(r"[。\n]", above)[-1], events=False)
        by_points = step is not None and (step["unit"] or step["unit2"]) == "分"
        if by_points and metric not in _SCORES:
            metric = "assessment_score"
        if metric is None:
            continue
        subject = metric
        start = line.at(_begin(line.text, last, verb, step, event))
        last = sum_.end - line.start
        for one in (*_together(lead, metric), metric):
            deduction = _deduction(sum_, one, step)
            yield Noted(_with_cap(passage, line, deduction, sum_.end), start, sum_.end, LIKELY)


def _together(lead: str, metric: str) -> list[str]:
    """首响、均响每超1秒: the names before the last one, joined to it."""
    names = re.split(r"[,;]", lead.split("每")[0])[-1].split("、")
    if len(names) < 2:
        return []
    found = [metric_in(name, events=False) for name in names[:-1]]
    return [name for name in found if name and name != metric]


def _own_subject(lead: str, step: re.Match[str] | None, event: re.Match[str] | None) -> bool:
    """丢单一次扣20元: something else than what was spoken of before."""
    if step is not None or event is None:
        return False
    words = re.split(r"[,;]", lead[: event.start()])[-1]
    return len(re.sub(rf"{_COMMON}|[^一-鿿]", "", words)) >= 2


def _referred(passage: Passage, lead: str) -> str | None:
    """未达D3的, 未达到第5.2条的: the level that stands in that clause."""
    told = patterns.search(
        r"(?:未达|低于|违反)到?(?:第|本合同)?\s?(?P<n>[A-Z]?\d+(?:\.\d+)*)(?!\s?(?:%"
        r"|分|秒|元|\d))",
        lead,
    )
    if told is None:
        return None
    number = re.escape(told["n"])
    clause = re.search(
        rf"(?:\A|\n)[ \u3000]*第?{number}[.、 条款](?P<text>[^\n]{{0,60}})", passage.text
    )
    return metric_in(clause["text"]) if clause else None


def _sum(passage: Passage, line: Line, verb: re.Match[str]) -> Found[tuple[Decimal, str]] | None:
    """The money, or percentage, right behind the word of taking off."""
    until = min(line.end, line.at(verb.end()) + 26)
    stop = line.text.find(",", verb.end())
    if stop >= 0:
        until = min(until, line.at(stop))
    money = next(amounts_in(passage.text, line.at(verb.start()), until), None)
    if money:
        return Found((money.value, "CNY"), money.start, money.end)
    bare = _BARE.match(line.text, verb.end())
    if bare:
        return Found((Decimal(bare["n"]), "CNY"), line.at(bare.start("n")), line.at(bare.end("n")))
    colon = line.text.find(":", verb.end())
    until = min(until, line.at(colon)) if colon >= 0 else until
    for place in quantities_in(passage.text, line.at(verb.start()), until):
        words = passage.text[line.at(verb.start()) : min(line.end, place.end + 12)]
        points = place.value.unit == "point" and passage.text[place.end - 1] == "点"
        if place.value.unit == "pct" or points:
            return Found((place.value.n, base_of(words)), place.start, place.end)
        if place.value.unit == "permille":
            return Found((place.value.n / 10, base_of(words)), place.start, place.end)
    return _sum_before(passage, line, verb)


def _sum_before(
    passage: Passage, line: Line, verb: re.Match[str]
) -> Found[tuple[Decimal, str]] | None:
    """按每人每班200元扣减, 按每次500元的标准扣款."""
    first = max(0, verb.start() - 24)
    for money in amounts_in(passage.text, line.at(first), line.at(verb.start())):
        between = passage.text[money.end : line.at(verb.start())]
        lead = passage.text[line.at(first) : money.start]
        if patterns.fullmatch(r"(?:/\S{1,4})?(?:的)?(?:标准|计)?", between) and re.search(
            r"按|以|每", lead
        ):
            return Found((money.value, "CNY"), money.start, line.at(verb.end()))
    return None


def _deduction(
    sum_: Found[tuple[Decimal, str]],
    metric: str,
    step: re.Match[str] | None,
) -> Deduction:
    amount, unit = sum_.value
    if step is None:
        return Deduction(metric, "per_event", amount, unit)
    above = bool(_ABOVE.search(step[0])) and not patterns.search(r"低于|不足|未达|低", step[0])
    if step["part"]:
        number, step_unit = (
            Decimal(1),
            {"百": "pct", "千": "permille", "万": "per10k"}[step["part"][0]],
        )
    else:
        number = _number(step["n"] or step["m"] or step["k"])
        step_unit = _UNITS.get(step["unit"] or step["unit2"] or step["unit3"], "pct")
    above = above or bool(step["k"])
    trigger = "per_step_above" if above else "per_step_below"
    return Deduction(metric, trigger, amount, unit, number, step_unit)


def _number(words: str) -> Decimal:
    return Decimal("0.5") if words == "半" else numeral_value(words)


def _begin(
    text: str,
    last: int,
    verb: re.Match[str],
    step: re.Match[str] | None,
    event: re.Match[str] | None,
) -> int:
    """Where the words of this deduction begin: the phrase of its step or event."""
    anchor = last + step.start() if step else last + event.start() if event else verb.start()
    anchor = min(anchor, verb.start())
    return max(last, text.rfind(",", 0, anchor) + 1, text.rfind(";", 0, anchor) + 1)


def _with_cap(passage: Passage, line: Line, deduction: Deduction, end: int) -> Deduction:
    limit = _CAP.search(passage.text, end, min(len(passage.text), line.end))
    if limit is None:
        return deduction
    for first, last in ((limit.start(), line.end), (end, limit.start())):
        for place in quantities_in(passage.text, first, last):
            if place.value.unit == "pct":
                words = passage.text[end : place.end + 8]
                cap = (place.value.n, base_of(words))
                return Deduction(
                    deduction.metric,
                    deduction.trigger,
                    deduction.amount,
                    deduction.amount_unit,
                    deduction.step,
                    deduction.step_unit,
                    deduction.tiers,
                    cap,
                )
    return deduction
