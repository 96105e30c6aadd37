"""When the desk is open (B9, E5)."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.service_hours import (
    DayRule,
    HolidayRule,
    MakeUpRule,
    ServiceHours,
)
from pactdesk.documents.grammar.found import Found
from pactdesk.documents.grammar.hours import (
    OpenDays,
    holiday_rule_in,
    make_up_rule_in,
    week_in,
)
from pactdesk.documents.paper import Paper, Sentence, silent

_ABOUT = (
    r"服务时间|工作时间|营业时间|正常工作日|周[一二三四五六日至]|星期|7\s?[×xX*]\s?24|每[日天]\s?\d"
)
_NOT = r"考核|响应时间[:：]|培训"


def read(paper: Paper) -> list[ServiceHours]:
    """One clause, always: no clock runs without opening hours."""
    best = _best(paper)
    if best is None:
        return [
            ServiceHours(
                id="hours-1",
                week=silent("service_hours"),
                on_holidays=silent("holidays"),
                on_make_up_days=silent("make_up_days"),
            )
        ]
    sentence, week, exemplary = best
    sources: dict[str, Source] = {"week": paper.source_of(week.start, week.end)}
    return [
        ServiceHours(
            id="hours-1",
            source=paper.source_at(sentence),
            sources=sources,
            week=_week(paper, week, exemplary),
            on_holidays=_holidays(paper, sentence, week, sources),
            on_make_up_days=_make_up_days(paper, sentence, week, sources),
        )
    ]


def _best(paper: Paper) -> tuple[Sentence, Found[tuple[OpenDays, ...]], bool] | None:
    """The sentence with windows; else one that at least names days (正常工作日)."""
    named = None
    for sentence in paper.saying(_ABOUT, without=_NOT):
        week = week_in(paper.text, sentence.start, sentence.end)
        if week is None:
            continue
        exemplary = any(gap.start <= week.start < gap.end for gap in paper.gaps)
        if all(rule.windows for rule in week.value):
            return sentence, week, exemplary
        named = named or (sentence, week, exemplary)
    return named


def _week(
    paper: Paper, week: Found[tuple[OpenDays, ...]], exemplary: bool
) -> tuple[DayRule, ...] | Blank:
    if exemplary:
        gap = next(gap for gap in paper.gaps if gap.start <= week.start < gap.end)
        example = [
            {"days": [str(day) for day in r.days], "windows": list(r.windows)} for r in week.value
        ]
        return paper.open(gap, example)
    return tuple(
        DayRule(days=rule.days, windows=rule.windows or paper.vague(week.start, week.end))
        for rule in week.value
    )


def _holidays(
    paper: Paper,
    sentence: Sentence,
    week: Found[tuple[OpenDays, ...]],
    sources: dict[str, Source],
) -> HolidayRule | Blank:
    place = _region(paper, sentence)
    found = holiday_rule_in(paper.text, *place)
    if found:
        sources["on_holidays"] = paper.source_of(found.start, found.end)
        return found.value
    open_all_week = any(len(rule.days) == 7 for rule in week.value)
    proposed = HolidayRule.AS_WEEK if open_all_week else HolidayRule.CLOSED
    return silent("holidays", proposed.value)


def _make_up_days(
    paper: Paper,
    sentence: Sentence,
    week: Found[tuple[OpenDays, ...]],
    sources: dict[str, Source],
) -> MakeUpRule | Blank:
    found = make_up_rule_in(paper.text, *_region(paper, sentence))
    if found:
        sources["on_make_up_days"] = paper.source_of(found.start, found.end)
        return found.value
    open_all_week = any(len(rule.days) == 7 for rule in week.value)
    proposed = MakeUpRule.AS_WEEK if open_all_week else MakeUpRule.AS_WORKDAY
    return silent("make_up_days", proposed.value)


def _region(paper: Paper, sentence: Sentence) -> tuple[int, int]:
    """The sentence and what follows it in the same article."""
    after = [s for s in paper.main if s.start >= sentence.start][:5]
    near = [s for s in after if re.search(r"节假日|调休|假日", s.text)]
    return sentence.start, max([sentence.end, *(s.end for s in near)])
