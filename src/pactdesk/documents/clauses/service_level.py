"""Promised levels (B8–B12, E17): one clause for each metric with a number or its blank."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import count

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.service_level import (
    AnswerFormula,
    Clock,
    Comparator,
    Metric,
    ServiceLevel,
)
from pactdesk.core.terms.durations import MILLISECONDS, Duration, TimeUnit
from pactdesk.documents.clauses.metrics import case_type_of, channel_of, metric_of
from pactdesk.documents.fields import length_field, share_field
from pactdesk.documents.grammar.durations import UNIT_WORDS
from pactdesk.documents.grammar.numerals import NUMERAL
from pactdesk.documents.paper import Paper, Sentence, silent

_NOT = r"奖励|奖金|扣|减付|违约|赔偿|连续|逾期|设立|报告|支付|定期考核|[,，]如(?!果|因|遇)"
_TIMED = frozenset(
    {TimeUnit.SECOND, TimeUnit.MINUTE, TimeUnit.HOUR, TimeUnit.DAY, TimeUnit.WORKING_DAY}
)
# "20秒内", "不超过24小时"; but not "振铃不足5秒即挂断".
_LIMIT = re.compile(
    rf"(?:{NUMERAL}|_{{2,}}|\])\s?(?:{UNIT_WORDS})(?:之|以)?内|(?:不超过|不高于|≤|<=)\s?(?:{NUMERAL})"
    rf"\s?(?:{UNIT_WORDS})"
)
_WITHIN = {Metric.FIRST_RESPONSE_SHARE, Metric.RESOLUTION_SHARE, Metric.ANSWER_SHARE}


def read(paper: Paper) -> list[ServiceLevel]:
    """Every sentence that promises a measurable level, in the paper's order."""
    numbers = count(1)
    levels = (_level(paper, sentence, numbers) for sentence in level_sentences(paper))
    return [level for level in levels if level is not None]


def level_sentences(paper: Paper) -> list[Sentence]:
    """Sentences, or parts of one, that name a metric together with a number or a blank."""
    return [
        part
        for sentence in paper.saying(r".", without=_NOT)
        for part in _parts(paper, sentence)
        if metric_of(part.text) is not None and _numbered(paper, part)
    ]


def _numbered(paper: Paper, part: Sentence) -> bool:
    return bool(
        share_field(paper, part.start, part.end)
        or length_field(paper, part.start, part.end, units=_TIMED)
    )


def _parts(paper: Paper, sentence: Sentence) -> list[Sentence]:
    """ "接通率≥90%,问题解决率≥85%" promises two levels; a condition behind a comma is none."""
    pieces = list(re.finditer(r"[^,，]+", sentence.text))
    heads = [
        piece
        for piece in pieces
        if metric_of(piece[0]) is not None
        and share_field(paper, sentence.at(piece.start()), sentence.at(piece.end()))
    ]
    if len({metric_of(piece[0]) for piece in heads}) < 2 or paper.gaps_between(
        sentence.start, sentence.end
    ):
        return [sentence]
    starts = [0, *(piece.start() for piece in heads[1:])]
    ends = [*starts[1:], len(sentence.text)]
    return [_part(sentence, first, last) for first, last in zip(starts, ends, strict=True)]


def _part(sentence: Sentence, first: int, last: int) -> Sentence:
    text = sentence.text[first:last].rstrip(",， ")
    return Sentence(sentence.at(first), sentence.at(first + len(text)), text, sentence.clause)


def _level(paper: Paper, sentence: Sentence, numbers: count[int]) -> ServiceLevel | None:
    metric = metric_of(sentence.text)
    if metric is None:
        return None
    sources: dict[str, Source] = {}
    within = _within(paper, sentence, metric, sources)
    target = _target(paper, sentence, metric, sources)
    if target is None:
        return None
    average = metric is Metric.FIRST_RESPONSE_AVERAGE
    return ServiceLevel(
        id=f"level-{next(numbers)}",
        source=paper.source_of(*_extent(paper, sentence)),
        metric=metric,
        title=_title(sentence),
        target=target,
        comparator=Comparator.AT_MOST if average else Comparator.AT_LEAST,
        within=within,
        channel=channel_of(sentence.text),
        case_type=case_type_of(sentence.text),
        formula=_formula(paper, sentence, metric, sources),
        satisfied_from=_satisfied_from(paper, sentence, metric, sources),
        clock=_clock(sentence),
        minimum_sample=_minimum_sample(paper, sentence, sources),
        sources=sources,
    )


def _extent(paper: Paper, sentence: Sentence) -> tuple[int, int]:
    """The sentence with those behind it in the same clause that still speak of it."""
    after = [
        s
        for s in paper.sentences_of(sentence.clause)
        if s.start > sentence.start and re.search(r"分母|评价|满意|计入|放弃", s.text)
    ]
    return sentence.start, after[-1].end if after else sentence.end


def _within(
    paper: Paper, sentence: Sentence, metric: Metric, sources: dict[str, Source]
) -> Duration | Blank | None:
    if metric not in _WITHIN:
        return None
    limit = _LIMIT.search(sentence.text)
    start = sentence.at(limit.start()) if limit else sentence.start
    found = length_field(paper, start, sentence.end, units=_TIMED)
    gapped = found is not None and isinstance(found[0], Blank)
    if found is None or not (limit or gapped):
        return silent("within")
    sources["within"] = found[1]
    return found[0]


def _target(
    paper: Paper, sentence: Sentence, metric: Metric, sources: dict[str, Source]
) -> Decimal | Blank | None:
    if metric is Metric.FIRST_RESPONSE_AVERAGE:
        return _seconds(paper, sentence, sources)
    found = share_field(paper, sentence.start, sentence.end)
    if found is not None:
        sources["target"] = found[1]
        return found[0]
    if re.search(r"全部|所有|均应|一律", sentence.text):
        sources["target"] = paper.source_at(sentence)
        return Decimal(1)
    return silent("target_share") if metric in _WITHIN else None


def _seconds(
    paper: Paper, sentence: Sentence, sources: dict[str, Source]
) -> Decimal | Blank | None:
    found = length_field(paper, sentence.start, sentence.end, units=frozenset(MILLISECONDS))
    if found is None:
        return None
    length, sources["target"] = found
    if isinstance(length, Blank):
        return length.model_copy(update={"suggested": None})
    if isinstance(length.n, Blank) or isinstance(length.unit, Blank):
        return paper.vague(sentence.start, sentence.end)
    return Decimal(length.n * MILLISECONDS[length.unit] // 1000)


_DENOMINATORS = (
    (AnswerFormula.F1, r"F1|放弃[^。；;]{0,12}计入分子"),
    (AnswerFormula.F2, r"F2|(?:仅|只)以(?:已)?接通[^。；;]{0,8}为分母"),
    (
        AnswerFormula.F4,
        r"F4|(?:不含|剔除|扣除|不计入?)[^。；;]{0,16}\d+\s?秒内[^。；;]{0,8}(?:放弃|挂断|挂机)",
    ),
    (AnswerFormula.F3, r"F3|分母[^。；;]{0,16}(?:全部|所有|含放弃|包括放弃)"),
)


def _formula(
    paper: Paper, sentence: Sentence, metric: Metric, sources: dict[str, Source]
) -> AnswerFormula | Blank | None:
    if metric is not Metric.ANSWER_SHARE:
        return None
    start, end = _extent(paper, sentence)
    for formula, pattern in _DENOMINATORS:
        found = re.compile(pattern).search(paper.text, start, end)
        if found:
            sources["formula"] = paper.source_of(found.start(), found.end())
            return formula
    return silent("answer_formula", AnswerFormula.F4.value)


_SCALE = re.compile(
    r"(?P<scale>5|10|100|五|十|百)\s?分制.{0,16}?(?P<least>\d{1,2}|[一二三四五六七八九])\s?分"
)


def _satisfied_from(
    paper: Paper, sentence: Sentence, metric: Metric, sources: dict[str, Source]
) -> str | Blank | None:
    if metric is not Metric.CSAT:
        return None
    found = _SCALE.search(paper.text, *_extent(paper, sentence))
    if found is None:
        return silent("satisfied_from", "4/5")
    sources["satisfied_from"] = paper.source_of(found.start(), found.end())
    spoken = {c: str(n) for n, c in enumerate("零一二三四五六七八九十")} | {"百": "100"}
    least, scale = (spoken.get(found[g], found[g]) for g in ("least", "scale"))
    return f"{least}/{scale}"


def _minimum_sample(paper: Paper, sentence: Sentence, sources: dict[str, Source]) -> int | None:
    start, end = _extent(paper, sentence)
    few = re.compile(r"(?:少于|不足|不满|低于)\s?(?P<n>\d+)\s?(?:个|条|份|次|例)")
    found = few.search(paper.text, start, end)
    if found is None or int(found["n"]) < 1:
        return None
    sources["minimum_sample"] = paper.source_of(found.start(), found.end())
    return int(found["n"])


def _clock(sentence: Sentence) -> Clock:
    natural = re.search(r"自然小时|自然时间|连续计算|含非服务时间", sentence.text)
    return Clock.WALL_CLOCK if natural else Clock.SERVICE_HOURS


_LABEL = re.compile(
    r"^(?:[(（][\d一二三四五六七八九十]+[)）]|[\d.]+(?:[、.)）]|\s)|[一二三四五六七八九十]+、|[①-⑳])\s?"
)


def _title(sentence: Sentence) -> str:
    """What the level is called: its heading, else the words before the number."""
    heading = sentence.clause.heading if sentence.clause else ""
    if heading and len(heading) <= 20 and sentence.start == sentence.clause.start:  # type: ignore[union-attr]  # a heading has a clause
        return heading
    body = _LABEL.sub("", sentence.text)
    return re.split(r"[,，:：]|(?:应)?(?:不低于|不高于|不超过|不少于|达到|≥|≤|应在|须)", body)[0][
        :24
    ]
