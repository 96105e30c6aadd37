"""The assessment and what follows from a bad one (E19–E22)."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.assessment import Assessment, CountedMisses
from pactdesk.core.terms.clauses.payment import PaymentCycle
from pactdesk.core.terms.durations import Due, DueEvent, DueKind, Duration, TimeUnit
from pactdesk.documents.fields import count_field, length_field
from pactdesk.documents.paper import Paper, Sentence, silent

_ABOUT = r"考核"
_CYCLES = (
    (PaymentCycle.MONTHLY, r"每月|按月|月度|一个月|1个月|次月|每个月|逐月"),
    (PaymentCycle.QUARTERLY, r"每季|季度"),
    (PaymentCycle.ANNUAL, r"每年|年度"),
)
_LAST_DAY = 31
_MISSED = r"未达|不合格|不达标|低于"


def read(paper: Paper) -> list[Assessment]:
    """One clause where the paper speaks of assessing."""
    cycle_place = next((s for s in paper.saying(_ABOUT) if _cycle_of(s.text)), None)
    if cycle_place is None:
        return []
    sources: dict[str, Source] = {"cycle": paper.source_at(cycle_place)}
    cycle = _cycle_of(cycle_place.text)
    misses, counted = _consecutive(paper, sources)
    return [
        Assessment(
            id="assessment-1",
            source=paper.source_at(cycle_place),
            cycle=cycle or paper.vague(cycle_place.start, cycle_place.end),
            report_due=_report_due(paper, sources),
            remediation=_remediation(paper, sources),
            consecutive_misses=misses,
            counted=counted,
            sources=sources,
        )
    ]


def _cycle_of(text: str) -> PaymentCycle | None:
    return next((cycle for cycle, pattern in _CYCLES if re.search(pattern, text)), None)


def _report_due(paper: Paper, sources: dict[str, Source]) -> Due | Blank | None:
    for sentence in paper.saying(r"考核报告|评估报告"):
        sources["report_due"] = paper.source_at(sentence)
        day = re.search(r"(?:次月|每月|下月)\s?(?P<n>\d+)\s?[日号]前", sentence.text)
        if day and 1 <= int(day["n"]) <= _LAST_DAY:
            return Due(kind=DueKind.DAY_OF_MONTH, n=int(day["n"]))
        length = length_field(paper, sentence.start, sentence.end)
        if length is None or not isinstance(length[0], Duration):
            return paper.vague(sentence.start, sentence.end)
        working = length[0].unit is TimeUnit.WORKING_DAY
        kind = DueKind.WORKING_DAYS_AFTER if working else DueKind.CALENDAR_DAYS_AFTER
        return Due(kind=kind, n=length[0].n, event=DueEvent.PERIOD_END)
    return None


def _remediation(paper: Paper, sources: dict[str, Source]) -> Duration | Blank | None:
    for sentence in paper.saying(r"整改"):
        sources["remediation"] = paper.source_at(sentence)
        length = length_field(paper, sentence.start, sentence.end)
        return length[0] if length else paper.vague(sentence.start, sentence.end)
    return None


def _consecutive(
    paper: Paper, sources: dict[str, Source]
) -> tuple[int | Blank | None, CountedMisses | Blank | None]:
    for sentence in paper.saying(r"连续"):
        if not re.search(_MISSED, sentence.text):
            continue
        start = sentence.start + sentence.text.index("连续")
        number = count_field(
            paper, start, min(sentence.end, start + 8), r"个?(?:月|季度|考核周期|周期|次)"
        )
        sources["consecutive_misses"] = number[1] if number else paper.source_at(sentence)
        many = number[0] if number else paper.vague(sentence.start, sentence.end)
        return many, _counted(paper, sentence, sources)
    return None, None


def _counted(paper: Paper, sentence: Sentence, sources: dict[str, Source]) -> CountedMisses | Blank:
    same = re.search(r"同一(?:项)?(?:考核)?指标", sentence.text)
    any_level = re.search(r"任[一何](?:项)?(?:考核)?指标", sentence.text)
    found = same or any_level
    if found is None:
        return silent("counted", CountedMisses.SAME_LEVEL.value)
    sources["counted"] = paper.source_of(sentence.at(found.start()), sentence.at(found.end()))
    return CountedMisses.SAME_LEVEL if same else CountedMisses.ANY_LEVEL
