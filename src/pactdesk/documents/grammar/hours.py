"""Opening hours: 周一至周五 9:00-12:00、13:30-18:00; 上午9点至下午6点; 7×24; 正常工作日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pactdesk.core.terms.clauses.service_hours import HolidayRule, MakeUpRule, Weekday
from pactdesk.documents.grammar.found import Found
from pactdesk.documents.grammar.numerals import numeral_value

_WEEK = tuple(Weekday)
_DAY_NUMBER = {**{c: n for n, c in enumerate("一二三四五六")}, "日": 6, "天": 6, "末": 5}
_D = r"(?:周|星期|礼拜)?[一二三四五六日天]"
_DAYS = re.compile(
    rf"(?P<from>(?:周|星期|礼拜)[一二三四五六日天])\s?(?:至|到|-|—|–|~|～)\s?(?P<to>{_D})"
    r"|(?P<every>每[日天]|全年无休|周一至周日)"
    r"|(?P<single>(?:周|星期|礼拜)[一二三四五六日天末](?:[、和及,，](?:周"
    r"|星期|礼拜)?[一二三四五六日天])*)"
    r"|(?P<work>(?:正常)?工作日)"
)
_HALF = r"(?P<{0}half>上午|下午|早上|早|中午|晚上|晚|凌晨|次日)?\s?"
_HOUR = r"(?P<{0}h>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})\s?(?:[:：]|点|时)"
_TIME = _HOUR + r"\s?(?P<{0}m>[0-5]\d|半)?分?"
_WINDOW = re.compile(
    (_HALF + _TIME).format("a") + r"\s?(?:-|—|–|至|到|~|～){1,2}\s?" + (_HALF + _TIME).format("b")
)
_ALWAYS = re.compile(r"7\s?[×xX*✕]\s?24|24\s?[×xX*✕]\s?7|全天候|二十四小时不间断|24小时不间断")
_HOLIDAY = re.compile(
    r"法定(?:节假日|假日|节日)[^。；;]{0,12}?(?P<rule>除外|休息"
    r"|不(?:提供|服务|营业)|放假|照常|正常|不休)"
)
_MAKE_UP = re.compile(
    r"调休[^。；;，,]{0,8}?(?P<rule>照常|正常|视为工作日|除外|休息|不(?:提供|服务))"
)


@dataclass(frozen=True, slots=True)
class OpenDays:
    """Windows ("09:00-12:00") on some weekdays; no windows when the paper gives none."""

    days: tuple[Weekday, ...]
    windows: tuple[str, ...]


def week_in(
    text: str, start: int = 0, end: int | None = None
) -> Found[tuple[OpenDays, ...]] | None:
    """The opening hours in a stretch of text, or None.

    >>> week_in("周一至周五 9:00-12:00、13:30-18:00").value[0].windows
    ('09:00-12:00', '13:30-18:00')
    """
    stop = len(text) if end is None else end
    always = _ALWAYS.search(text, start, stop)
    if always:
        return Found((OpenDays(_WEEK, ("00:00-24:00",)),), always.start(), always.end())
    heads = list(_DAYS.finditer(text, start, stop))
    rules: list[OpenDays] = []
    last = start
    for number, head in enumerate(heads):
        until = heads[number + 1].start() if number + 1 < len(heads) else stop
        windows = list(_windows(text, head.end(), until))
        if windows:
            last = windows[-1].end
            rules.append(OpenDays(_days(head), _less_breaks(text, windows)))
    if rules:
        return Found(tuple(rules), heads[0].start(), last)
    if heads:
        head = heads[0]
        return Found((OpenDays(_days(head), ()),), head.start(), head.end())
    return None


def holiday_rule_in(text: str, start: int, end: int) -> Found[HolidayRule] | None:
    """What statutory holidays do, where the paper says it."""
    found = _HOLIDAY.search(text, start, end)
    if found is None:
        return None
    closed = found["rule"] not in ("照常", "正常", "不休")
    rule = HolidayRule.CLOSED if closed else HolidayRule.AS_WEEK
    return Found(rule, found.start(), found.end())


def make_up_rule_in(text: str, start: int, end: int) -> Found[MakeUpRule] | None:
    """What make-up working days do, where the paper says it."""
    found = _MAKE_UP.search(text, start, end)
    if found is None:
        return None
    works = found["rule"] in ("照常", "正常", "视为工作日")
    return Found(MakeUpRule.AS_WORKDAY if works else MakeUpRule.AS_WEEK, found.start(), found.end())


def _windows(text: str, start: int, end: int) -> Iterator[Found[str]]:
    for match in _WINDOW.finditer(text, start, end):
        opens = _clock(match["ahalf"], match["ah"], match["am"])
        closes = _clock(match["bhalf"], match["bh"], match["bm"])
        if opens == "24:00":
            opens = "00:00"
        if opens is not None and closes is not None:
            yield Found(f"{opens}-{closes}", match.start(), match.end())


def _less_breaks(text: str, windows: list[Found[str]]) -> tuple[str, ...]:
    """Windows without their breaks: 9:00-18:00(午休12:00-13:00) closes at noon.

    A break in which others take over (轮岗, 值班) closes nothing.
    """
    breaks = [w for w in windows if re.search(r"午休|休息", text[max(0, w.start - 6) : w.start])]
    opened = [w.value for w in windows if w not in breaks]
    for pause in breaks:
        if re.search(r"轮岗|值班|轮流|不间断", text[pause.end : pause.end + 12]):
            continue
        first, last = pause.value.split("-")
        opened = [part for window in opened for part in _without(window, first, last)]
    return tuple(opened)


def _without(window: str, first: str, last: str) -> tuple[str, ...]:
    opens, closes = window.split("-")
    if opens < first < last < closes:
        return f"{opens}-{first}", f"{last}-{closes}"
    return (window,)


def _clock(half: str | None, hour_text: str, minute_text: str | None) -> str | None:
    hour = int(numeral_value(hour_text))
    if half in ("下午", "晚上", "晚") and hour < 12:
        hour += 12
    minute = 30 if minute_text == "半" else int(minute_text or 0)
    if hour > 24 or (hour == 24 and minute):
        return None
    return f"{hour:02d}:{minute:02d}"


def _days(head: re.Match[str]) -> tuple[Weekday, ...]:
    if head["every"]:
        return _WEEK
    if head["work"]:
        return _WEEK[:5]
    if head["from"]:
        first, last = _DAY_NUMBER[head["from"][-1]], _DAY_NUMBER[head["to"][-1]]
        span = range(first, last + 1) if first <= last else (*range(first, 7), *range(last + 1))
        return tuple(_WEEK[n] for n in span)
    if "末" in head["single"]:
        return _WEEK[5:]
    return tuple(_WEEK[_DAY_NUMBER[c]] for c in head["single"] if c in _DAY_NUMBER)
