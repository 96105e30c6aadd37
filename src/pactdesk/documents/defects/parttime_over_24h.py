"""PARTTIME_OVER_24H: more hours than part-time work may have (D6)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passage, remark
from pactdesk.documents.grammar.numerals import numeral_value
from pactdesk.documents.paper import Paper

_N = r"(?P<n>\d+|[一二三四五六七八九十]+)\s?个?(?:小时|钟头)"
_LEAST = r"(?:不少于|不得?低于|至少|最少|不得少于|工作|出勤|上班|服务|为|满|达到?)*\s?"
WEEKLY = re.compile(
    rf"(?:每周|一周|每星期|一星期|每礼拜|周工时|周工作时间)[^。；;日天]{{0,12}}?{_LEAST}{_N}"
)
_DAILY = re.compile(rf"每[日天][^。；;,，]{{0,10}}?{_LEAST}{_N}")
_DAYS = re.compile(
    r"每周[^。；;,，]{0,8}?(?P<days>\d|[一二三四五六七])\s?(?:个工作日|天|日)"
    r"|周一至周(?P<last>[五六日])"
)
_SHIFTS = re.compile(
    rf"每(?:个)?班[^。；;,，]{{0,6}}?{_N}[^。；;]{{0,12}}每周[^。；;,，]{{0,6}}?"
    r"(?P<shifts>\d|[一二三四五六七])\s?个?班"
)
_AT_MOST = r"(?:不超过|不多于|最多|至多|以内|不得超过|不高于)"
MOST_A_WEEK, MOST_A_DAY = 24, 4


def parttime_over_24h(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Above 24 hours a week, or above 4 a day that do not stay under 24 a week."""
    if contract.contract_type != "part_time_agent":
        return ()
    for sentence in paper.main:
        weekly = max(
            WEEKLY.finditer(sentence.text),
            key=lambda found: numeral_value(found["n"]),
            default=None,
        )
        if weekly and numeral_value(weekly["n"]) > MOST_A_WEEK:
            place, hours = passage(sentence, weekly), weekly["n"]
            return remark(paper, "PARTTIME_OVER_24H", place, hours=hours)
        shifts = _SHIFTS.search(sentence.text)
        if shifts:
            total = int(numeral_value(shifts["n"])) * int(numeral_value(shifts["shifts"]))
            if total > MOST_A_WEEK:
                place = passage(sentence, shifts)
                return remark(paper, "PARTTIME_OVER_24H", place, hours=str(total))
        daily = _DAILY.search(sentence.text)
        if daily and not weekly and _too_long(sentence.text, int(numeral_value(daily["n"]))):
            return remark(
                paper, "PARTTIME_OVER_24H", passage(sentence, daily), hours=_hours(sentence.text)
            )
        window = _WINDOW.search(sentence.text)
        if window and not daily and not re.search(_LOOSE, sentence.text):
            length = int(window["to"]) - int(window["at"])
            days = _days(sentence.text) or 7
            if length > MOST_A_DAY and length * days > MOST_A_WEEK:
                place = passage(sentence, window)
                return remark(paper, "PARTTIME_OVER_24H", place, hours=str(length * days))
    return ()


_WINDOW = re.compile(
    r"(?:每[日天]"
    r"|周一至周[五六日])[^。；;,，]{0,6}?(?P<at>\d{1,2})[:：]\d\d\s?[-至到~—]+\s?(?P<to>\d{1,2})"
    r"[:：]\d\d"
)
_LOOSE = r"之间|任选|弹性|灵活|轮班|轮值|不超过|排班"


def _too_long(text: str, hours: int) -> bool:
    if hours <= MOST_A_DAY or re.search(rf"{_AT_MOST}\s?{MOST_A_DAY}", text):
        return False
    days = _days(text)
    return days is None or days * hours > MOST_A_WEEK


def _days(text: str) -> int | None:
    found = _DAYS.search(text)
    if found is None:
        return None
    return int(numeral_value(found["days"])) if found["days"] else "五六日".index(found["last"]) + 5


def _hours(text: str) -> str:
    daily = _DAILY.search(text)
    hours = int(numeral_value(daily["n"])) if daily else 0
    return str(hours * (_days(text) or 7))
