"""The service levels of a paper, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pactdesk.documents.grammar.found import Found
from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value
from pactdesk.documents.grammar.rates import rates_in
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.levels import deadlines, duties, tables
from pactdesk.documents.provisions.levels.level import Level
from pactdesk.documents.provisions.levels.limits import Limit, limits_in
from pactdesk.documents.provisions.levels.metrics import (
    METRICS,
    TIMES,
    Mention,
    channel_of,
    mentions_in,
    severity_of,
)
from pactdesk.documents.provisions.noted import LIKELY, SURE, Noted
from pactdesk.documents.provisions.passage import Line, Passage

_CONSEQUENCE = r"扣|罚|减付|支付(?:乙方)?[^,;]{0,6}%|解除|终止|违约金|奖|赔|不予|付\d"
_WITHIN = re.compile(
    r"(?P<time>(?:\d+|[一二两三四五六七八九十]+)\s?(?:秒钟?|s|分钟"
    r"|小时))(?:之?内|以内)"
)
_SHARE_FIRST = re.compile(
    r"(?P<share>[\d.]+\s?%|百分之[零一二三四五六七八九十百点]+"
    r"|[一二三四五六七八九]成[一二三四五六七八九半]?)(?:及?以上"
    r"|以上)?(?:的)?(?:来电|会话|咨询|电话|消息|客户|呼入|进线|工单|邮件"
    r"|投诉|用户|请求)"
)
_BARE_SCORE = re.compile(
    r"(?:满意度|评分|评价|体验分?)[^,;。\d]{0,4}(?:≥|>=|不低于|达到?|大于等于|不少于)\s?"
    r"(?P<n>[34]\.\d{1,2})(?!\s?[\d%分])"
)
_EACH_STEP = r"每(?:再)?(?:高|低|超|差|降|少|多|增|提|上升|下降)[^,;]{0,10}\Z"
_PICKED_UP = r"接起|接通|接听|应答|接入|摘机|人工接"


def read(passage: Passage) -> tuple[Noted[Level], ...]:
    """Levels that are agreed; then those that only a deduction tells of."""
    agreed: list[Noted[Level]] = []
    implied: list[Noted[Level]] = []
    rows = list(_rows(passage))
    agreed += rows
    for line in passage.lines:
        if any(row.start <= line.start < row.end for row in rows):
            continue
        told = list(_line(passage, line))
        if not patterns.search(r"奖", line.text) or not _is_consequence(line):
            (implied if _is_consequence(line) else agreed).extend(told)
    found = _once(agreed)
    known = {n.value.metric for n in found}
    found += _once(
        [n for n in implied if n.value.metric not in known and _in_condition(passage, n)]
    )
    return tuple(sorted(found, key=lambda n: n.start))


def _rows(passage: Passage) -> Iterator[Noted[Level]]:
    """What the rows of tables hold; their place is the row."""
    for row in tables.sentences(passage):
        if patterns.search(r"奖", row.line.text):
            continue
        timed = list(_in_time(row.line))
        yield from (Noted(n.value, row.start, row.end, LIKELY) for n in timed)
        if timed:
            continue
        mentions = list(mentions_in(row.line.text))
        limits = limits_in(row.line.text, 0, row.line.end, "?")
        for limit in limits:
            mention = _metric_of(row.line, mentions, limit, limits)
            level = _level(row.line, mention, limit) if mention else None
            if level is not None:
                yield Noted(level.value, row.start, row.end, LIKELY)


def _is_consequence(line: Line) -> bool:
    return bool(patterns.search(_CONSEQUENCE, line.text))


def _in_condition(passage: Passage, noted: Noted[Level]) -> bool:
    """In "首响超过60秒的,每次扣10元" the condition states the level, turned round."""
    return bool(
        patterns.match(
            r"[^,;]{0,8}(?:的|时|者)?,|[1一]\s?(?:分|个|秒|%)",
            passage.text[noted.end : noted.end + 10],
        )
    )


def _once(levels: list[Noted[Level]]) -> list[Noted[Level]]:
    kept: list[Noted[Level]] = []
    for noted in levels:
        if not any(_same(noted, other) for other in kept):
            kept.append(noted)
    return kept


def _same(one: Noted[Level], other: Noted[Level]) -> bool:
    a, b = one.value, other.value
    if (a.metric, a.threshold, a.unit) == (b.metric, b.threshold, b.unit):
        return a.scope == b.scope or a.comparator == b.comparator
    return False


def _line(passage: Passage, line: Line) -> Iterator[Noted[Level]]:
    if _is_weighting(line.text) or _is_for_the_client(passage, line) or _is_example(line):
        return
    taken: list[tuple[int, int]] = []
    for noted in [
        *duties.read(line),
        *_in_time(line),
        *_bare_scores(line),
        *deadlines.read(passage, line),
    ]:
        taken.append((noted.start, noted.end))
        yield noted
    for mention, limit in _pairs(passage, line, taken):
        level = _level(line, mention, limit)
        if level is not None:
            yield level


def _is_weighting(text: str) -> bool:
    """指标 with their weights: 接通30分、质检25分、满意度20分."""
    return len(re.findall(r"(?:\d+\s?分(?:[、,;)]|\Z))|权重|占\s?\d+", text)) >= 3


def _is_example(line: Line) -> bool:
    """ "如24小时内响应": what a template proposes, not what is agreed."""
    return bool(
        patterns.search(r"(?:例如|比如|譬如|[,(:]如)\s?:?\s?[\d一二三四五六七八九十]", line.text)
    )


def _is_for_the_client(passage: Passage, line: Line) -> bool:
    """What the client must do in time is no level of the service."""
    sides = passage.sides
    if patterns.search(rf"{sides.client}(?:的)?(?:做什么|义务|责任|配合|权利|工作)", line.topic):
        return not patterns.search(sides.provider + r"(?:应|须|需)", line.text)
    acts = patterns.match(rf"{sides.client}(?:应|须|需|在|对|按|于|自|收)", line.text)
    return bool(acts) and not patterns.search(sides.provider + r"(?!提交|的|送)", line.text[:30])


def _pairs(
    passage: Passage, line: Line, taken: list[tuple[int, int]]
) -> Iterator[tuple[Mention, Found[Limit]]]:
    """Each figure with the metric that it most likely belongs to."""
    mentions = list(mentions_in(line.text))
    limits = limits_in(passage.text, line.start, line.end, "?")
    for limit in limits:
        if any(first <= limit.start < last for first, last in taken):
            continue
        lead, behind = (
            passage.text[max(line.start, limit.start - 12) : limit.start],
            passage.text[limit.end :][:2],
        )
        if patterns.search(r"提前[^,;]{0,3}\Z|[×xX*]\s?\Z", lead):
            continue
        if patterns.search(_EACH_STEP, lead) and not patterns.match(r"\s?[1一]", behind):
            continue
        mention = _metric_of(line, mentions, limit, limits)
        if mention is not None:
            yield mention, limit


def _metric_of(
    line: Line, mentions: list[Mention], limit: Found[Limit], limits: list[Found[Limit]]
) -> Mention | None:
    """The nearest name before the figure whose unit fits; else one just behind it."""
    unit = limit.value.quantity.unit
    at, until = limit.start - line.start, limit.end - line.start
    if patterns.match(
        r"(?:之?内|以内)?的?(?:人工)?(?:首次)?(?:回复|响应|接通|应答|接起"
        r"|接听|答复)率",
        line.text[until:],
    ):
        return None
    if patterns.search(r"整改|改正", line.text[until : until + 14]):
        return None
    # 三分钟回复 | 三分钟人工回复率≥96%: the name of a rate, shortened.
    rate = r"(?:之?内)?(?:人工|首次)*(?:回复|响应|接通|应答)率"
    again = line.text.split(line.text[at:until])[1:] if unit in TIMES else []
    if any(patterns.match(rate, behind) for behind in again):
        return None
    before = [m for m in mentions if m.end <= at + 12 and m.start < at and unit in m.word.units]
    fit = []
    for mention in before:
        between = line.text[min(mention.end, at) : at]
        if len(between) > 26 or patterns.search(r"[;。]", between):
            continue
        if _names_another(between) or patterns.search(r"权重|占比?\Z|扣|罚|减付|核减", between):
            continue
        # 较上年提升3个百分点 is no level, except where a rise is what is measured.
        if mention.word.metric != "nps_improvement" and patterns.search(
            r"较[^,;]{1,12}(?:提升|提高|增)", between
        ):
            continue
        figures = sum(
            1
            for other in limits
            if mention.end <= other.start - line.start < at
            and other.value.quantity.unit in mention.word.units
        )
        if figures and not patterns.search(r"[、,和/]\s?[^,;、]{0,4}\Z", between):
            continue
        fit.append((figures, -mention.start, mention))
    if fit:
        least = min(figures for figures, _, _ in fit)
        return _best([m for figures, _, m in fit if figures == least])
    if unit in TIMES and patterns.match(r"\s?(?:[^,;。]{0,10})", line.text[until:]):
        behind = [
            m
            for m in mentions
            if at - 30 <= m.start and m.end > until and unit in m.word.units and m.end - until <= 14
        ]
        return _best(behind)
    return None


def _names_another(between: str) -> bool:
    """接听率85%以上,弃话率5%以下: a second name, known or not, has its own figure."""
    own = patterns.compiled(r"[,、;和及]").split(between)
    return len(own) > 1 and bool(patterns.search(r"[一-鿿]{1,5}(?:率|时[间长])", own[-1]))


def _best(mentions: list[Mention]) -> Mention | None:
    """The one that reaches furthest; of those, the most special name (they stand in order)."""
    if not mentions:
        return None
    furthest = max(m.end for m in mentions)
    near = [m for m in mentions if furthest - m.end <= 2]
    return min(near, key=lambda m: _rank(m))


def _rank(mention: Mention) -> int:
    return METRICS.index(mention.word)


def _level(line: Line, mention: Mention, limit: Found[Limit]) -> Noted[Level] | None:
    value, word = limit.value, mention.word
    at = limit.start - line.start
    phrase = line.text[max(0, line.text.rfind(",", 0, min(mention.start, at)) + 1) :]
    if word.units & {"point"} and value.plain:
        return None
    if patterns.match(
        r"(?:[^,;]{0,4})(?:次|起|件)?(?:扣|罚|奖)", line.text[limit.end - line.start :]
    ):
        pass
    comparator = word.better if value.plain or value.comparator == "?" else value.comparator
    consequence = _is_consequence(line)
    if consequence:
        comparator = word.better
    metric, unit = _named(word.metric, value.quantity.unit, value.quantity.n, line)
    start = min(line.at(mention.start), limit.start)
    end = max(limit.end, line.at(mention.end) if mention.start > at else limit.end)
    scope = severity_of(phrase[:40]) if metric.startswith("fault") else channel_of(phrase[:30])
    share = _share(line) if unit in TIMES else None
    sure = LIKELY if value.plain or consequence else SURE
    return Noted(Level(metric, comparator, value.quantity.n, unit, share, scope), start, end, sure)


def _named(metric: str, unit: str, number: Decimal, line: Line) -> tuple[str, str]:
    """Scores out of five and out of a hundred are different units."""
    if unit == "point" and metric != "nps_improvement":
        five = number <= 5 or patterns.search(r"5\s?分制|五分制|满分\s?(?:5|五)\s?分", line.text)
        if metric == "qa_score":
            return metric, "score_5" if five else "score_100"
        return metric, "score_5" if five else "score_100"
    if metric == "missed_conversations" and unit == "count" and "日均" in line.text:
        return metric, "per_day"
    return metric, unit


def _share(line: Line) -> Decimal | None:
    found = _SHARE_FIRST.search(line.text)
    if found is None:
        return None

    return next((rate.value for rate in rates_in(found["share"])), None)


def _bare_scores(line: Line) -> Iterator[Noted[Level]]:
    """满意度≥4.8(满分5): a score out of five without its unit."""
    if _is_consequence(line):
        return
    for found in _BARE_SCORE.finditer(line.text):
        level = Level("csat_score", ">=", Decimal(found["n"]), "score_5", None, None)
        yield Noted(level, line.at(found.start()), line.at(found.end()), LIKELY)


def _in_time(line: Line) -> Iterator[Noted[Level]]:
    """80%的来电须在20秒内由人工接起; 15秒内接起的比例不低于85%; 20秒接通率≥80%."""
    if not patterns.search(_PICKED_UP + r"|服务水平|响应|回复", line.text):
        return
    for found in _WITHIN_SHARE:
        for match in found.finditer(line.text):
            seconds = next(iter(limits_in(match["time"], 0, len(match["time"]), "<=")), None)

            share = next((rate.value for rate in rates_in(match["share"])), None)
            if share is None and patterns.search(r"每(?:一)?(?:百|100)", match[0]):
                share = numeral_value(match["share"]) / 100
            if seconds is None or share is None:
                continue
            words = match[0] + line.text[match.end() : match.end() + 8]
            if patterns.search(_PICKED_UP + r"|服务水平|来电|电话", words):
                metric = "service_level"
            elif patterns.search(r"首", words):
                metric = "first_response_time"
            else:
                metric = "response_time"
            # 30秒应答率 has a name of its own.
            if metric == "service_level" and _OF_30_SECONDS.search(match[0]):
                continue
            scope = channel_of(words) or ("phone" if metric == "service_level" else None)
            quantity = seconds.value.quantity
            level = Level(metric, "<=", quantity.n, quantity.unit, share, scope)
            yield Noted(level, line.at(match.start()), line.at(match.end()), LIKELY)


_TIME = r"(?P<time>(?:\d+|[一二两三四五六七八九十]+)\s?(?:秒钟?|s(?![a-z])|分钟))"
_PCT = (
    r"(?P<share>[\d.]+\s?%|百分之[零一二三四五六七八九十百点]+"
    r"|[一二三四五六七八九]成[一二三四五六七八九半]?)"
)
_OF_30_SECONDS = re.compile(
    r"(?:30|三十)\s?(?:秒|s)钟?(?:之?内|以内)?的?(?:人工)?(?:接通|应答|接听|接起|回复|响应)率"
)
_WITHIN_SHARE = (
    re.compile(rf"服务水平[^,;。\d]{{0,8}}{_PCT}[^,;。\d%]{{0,8}}{_TIME}"),
    re.compile(
        rf"每(?:一)?(?:百|100)(?:个|通|次)[^,;。]{{0,8}},?[^,;。\d]{{0,6}}?(?P<share>{NUMERAL})"
        rf"(?:个|通|次)[^,;。\d]{{0,6}}?"
        rf"{_TIME}(?:之?内|以内)[^,;。]{{0,8}}?(?:接起|接通|接听|应答)"
    ),
    re.compile(
        rf"{_PCT}(?:及?以上)?(?:的)?[^,;。%]{{0,14}}?(?:须|应|需"
        rf"|要)?(?:在)?{_TIME}(?:之?内|以内)[^,;。]{{0,8}}?(?:接起|接通|接听"
        r"|应答|接入|首次?响应|首次?回复|响应|回复)"
    ),
    re.compile(
        rf"{_TIME}(?:之?内|以内)[^,;。]{{0,12}}?(?:接起|接通|接听|应答|接入"
        r"|首次?响应|首次?回复|响应|回复)[^,;。%]{0,12}?(?:比例|占比|比率"
        rf"|率),?[^,;。%]{{0,8}}?{_PCT}"
    ),
    re.compile(
        rf"{_TIME}(?:之?内|以内)[^,;。]{{0,8}}?(?:接起|接通|接听|应答|接入)的?(?:电话|来电|呼叫|呼入)"
        rf",?[^,;。%]{{0,4}}?(?:不少于|不低于|占|达)[^,;。%]{{0,14}}?{_PCT}"
    ),
    re.compile(
        rf"{_TIME}(?:之?内|以内)?(?:人工)?(?:接起|接通|接听|应答"
        rf"|服务水平)率?[^,;。%\d]{{0,10}}?{_PCT}"
    ),
)
