"""By when a payment is due: days after an event, a day of a month, a weekday."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.due_events import event_behind, event_of
from pactdesk.documents.provisions.noted import GUESS, LIKELY, SURE, Noted

PAYS = (
    r"支付|付款|付清|结清|结算|清算|清偿|发放|发(?:上|当|给|工资|薪"
    r"|报酬|到)|打款|转账|汇(?:入|付|至|到|款|出|给)|电汇"
    r"|付给|付至|划付|支给|给付|付讫|转(?:入|至|到|给)|结付|划(?:入"
    r"|至|款|拨)|打(?:入|给|到)|存入|缴纳|月结|月付|按季付|预付"
    r"|发薪|付(?:上|当|次|清|出|到)|缴付|到账|结(?:一次|完)?账|拨付"
    r"|交付(?:费|款)|各发|一发|一结|发上|付费|付[一-鿿]{1,8}(?:费|款)"
)
_N = rf"(?P<n>{NUMERAL})"
_DAY = r"[日号](?!历)"
_MONTH = (
    r"(?:次月|下月|下个月|次(?:一|个)?(?:自然)?月|下一个?(?:自然)?月"
    r"|每(?:个)?(?:自然)?月|当月|本月|翌月|隔月|月|每双月)"
)
_AFTER = re.compile(
    rf"{_N}\s?(?P<unit>个?(?:银行)?(?:工作|营业)[日天]|个?自然[日天]"
    r"|个?日历[日天]|个?日历日|日|天)(?:之?内|以内|内|前|之前)?"
    r"(?=[^一-鿿]|\Z|内|将|向|付|支|结|由|以|完|转|一|把|通|缴|汇"
    r"|的|全|清|办|足|或|到|发|划|打|电|给|拨|为|与|乙|甲|账)"
)
_DAY_OF_MONTH = re.compile(rf"{_MONTH}(?:的)?\s?(?:第)?{_N}\s?{_DAY}(?!内)")
_TWO_DAYS = re.compile(
    rf"{_MONTH}(?:的)?\s?(?P<n>{NUMERAL})\s?[日号]?\s?(?:、|和|与|及"
    rf"|,|以及)\s?(?:每月|当月|次月)?\s?(?P<m>{NUMERAL})\s?[日号]"
)
_FIRST_MONTH = re.compile(
    r"(?P<period>(?:每|各|当|本|该|下)?(?:个)?(?:自然|服务)?(?:季度?"
    r"|半年度?))(?:的)?(?:首|头|第一|第1|开始的?)(?:个)?月(?:份)?(?:的)?"
    rf"\s?(?:第)?{_N}\s?(?:[日号]|个工作日)"
)
_WEEKDAY = re.compile(
    r"(?P<lead>次|下|每)(?:一|个)?(?:周|星期|礼拜|个星期)的?\s?(?:周"
    r"|星期)?(?P<day>[一二三四五六日天])(?!次)"
)
_IN_NEXT_MONTH = re.compile(
    rf"{_MONTH}(?:的)?(?:最初|头|前|开始后?|第)\s?{_N}\s?(?P<unit>个?工作[日天]|[日天]|个自然日)"
)
_WEEK = "一二三四五六日"
_CHECKS = (
    r"核对|确认|审核|复核|提出|反馈|对账|开具|提交|提供|送达|书面"
    r"|异议|核实|出具|验收|交|开票|审查|审批|答复|完成对账|核定|签|寄|发出|送交"
)


@dataclass(frozen=True, slots=True)
class Due:
    """Kind, number and starting event, in the words of the reading summary."""

    kind: str
    n: int | tuple[int, ...]
    event: str | None


def due_in(text: str, start: int, end: int, context: str) -> Noted[Due] | None:
    """The due date in a stretch of text; the nearest event before it starts its clock."""
    part = text[start:end]
    return (
        _two_days(part, start)
        or _first_month(part, start)
        or _weekday(part, start)
        or _counted(part, start, context, text[end : end + 24])
        or _monthly(part, start)
    )


def _two_days(part: str, start: int) -> Noted[Due] | None:
    found = _TWO_DAYS.search(part)
    if found is None:
        return None
    days = (int(numeral_value(found["n"])), int(numeral_value(found["m"])))
    if not all(1 <= day <= 31 for day in days):
        return None
    value = Due("days_of_month", days, "month_after_service")
    return Noted(value, start + found.start(), start + found.end(), LIKELY)


def _first_month(part: str, start: int) -> Noted[Due] | None:
    found = _FIRST_MONTH.search(part)
    if found is None:
        return None
    half = "半年" in found["period"]
    kind = "day_of_half_year_first_month" if half else "day_of_quarter_first_month"
    value = Due(kind, int(numeral_value(found["n"])), "half_year" if half else "quarter")
    return Noted(value, start + found.start(), start + found.end())


def _weekday(part: str, start: int) -> Noted[Due] | None:
    """次周周三 rather than the 每周日 on which hours are counted."""
    found = [
        m
        for m in _WEEKDAY.finditer(part)
        if m["lead"] != "每"
        or patterns.match(r"[^,;]{0,8}(?:发|付|支|打|转|到账)", part[m.end() :])
    ]
    if not found:
        return None
    day = _WEEK.index(found[0]["day"].replace("天", "日")) + 1
    return Noted(
        Due("weekday_next_week", day, "period_end"),
        start + found[0].start(),
        start + found[0].end(),
        LIKELY,
    )


def _counted(part: str, start: int, context: str, behind_part: str) -> Noted[Due] | None:
    """Days after an event; a deadline that the other side has for checking is not it."""
    early = _IN_NEXT_MONTH.search(part)
    paying = early and not patterns.match(rf"[^,;]{{0,8}}(?:{_CHECKS})", part[early.end() :])
    if early and paying and ("工作" in early["unit"] or not early[0].count("第")):
        kind = "working_days_after" if "工作" in early["unit"] else "calendar_days_after"
        value = Due(kind, int(numeral_value(early["n"])), "period_end")
        return Noted(value, start + early.start(), start + early.end(), GUESS)
    for found in _AFTER.finditer(part):
        if not _is_term_of_payment(part, found):
            continue
        lead = part[: found.start()]
        kind = (
            "working_days_after" if re.search("工作|营业", found["unit"]) else "calendar_days_after"
        )
        place = max(lead.rfind(","), lead.rfind(";"), -1) + 1
        told = event_of(lead, "") or event_behind(part[found.end() :] + behind_part)
        event = told or event_of(lead, context)
        return Noted(
            Due(kind, int(numeral_value(found["n"])), event),
            start + place,
            start + found.end(),
            (SURE if told else LIKELY) if event else GUESS,
        )
    return None


def _is_term_of_payment(part: str, found: re.Match[str]) -> bool:
    """Whether a number of days is the time for paying, not for checking or a rhythm or a date."""
    lead, behind = part[: found.start()], part[found.end() : found.end() + 24]
    number = numeral_value(found["n"])
    if number % 1 or not 0 < number <= 400:
        return False
    if patterns.search(
        r"(?:月|(?<!后)(?<!后的)(?<!起)(?<!起的)第|年|每|每满|满|月的"
        r"|最后|周期为?|[日号]\s?(?:至|到|-|~))\s?\Z",
        lead,
    ) or (part[found.end() - 1] == "前" and not patterns.search(r"起|后的?第", lead[-6:])):
        return False
    if patterns.search(
        r"(?:逾期|迟延|延迟|拖欠|超过|超期|提前)(?:达|满|超过)?\s?\Z|(?:届满|期满|到期)前\s?\Z",
        lead,
    ):
        return False
    if patterns.match(
        r"(?:个)?(?:一|结算|为一)(?:个)?(?:次(?!付|性|结清|支)|期|周期)"
        r"|结一次|一结",
        part[found.end() :],
    ):
        return False
    rest = re.split(r"[,;]", part[found.end() :])[0]
    return not (
        patterns.match(
            rf"[^,;]{{0,12}}(?:{_CHECKS})(?!.{{0,10}}(?:付|支|结清))",
            behind,
        )
        and not patterns.search(PAYS, rest)
    )


def _monthly(part: str, start: int) -> Noted[Due] | None:
    for found in _DAY_OF_MONTH.finditer(part):
        rest = re.split(r"[,;]", part[found.end() :])
        following = rest[0] + (rest[1] if len(rest) > 1 and len(rest[0]) < 4 else "")
        if patterns.search(
            r"提交|递交|报送|送达|提供|出具|开具|开票|核对|发送|发给|发出"
            r"|交给|报给|交(?:付)?(?:上|发|结|对)|完成对账|对账",
            following,
        ) and not patterns.search(r"支付|付款|付清|发放|付", following):
            continue
        if patterns.match(r"[^,;]{0,4}(?:为|是)?结算日", part[found.end() :]):
            continue
        number = int(numeral_value(found["n"]))
        if 1 <= number <= 31:
            return Noted(
                Due("day_of_month", number, "month_after_service"),
                start + found.start(),
                start + found.end(),
            )
    return None
