"""How long the contract runs: its first day, its last day, its whole months."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pactdesk.core.units.periods import add_months
from pactdesk.documents.grammar.dates import dates_in
from pactdesk.documents.grammar.found import Found
from pactdesk.documents.grammar.numerals import numeral_value
from pactdesk.documents.grammar.quantities import quantities_in
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.noted import GUESS, LIKELY, SURE, Noted, derived
from pactdesk.documents.provisions.passage import Line, Passage

_TERM = (
    r"期限|有效期|服务期|合作期|合同期|协议期|委托期|聘用期|外包期"
    r"|运维期|履行期|期间|为期|起至|起止|有效|合作时间|服务周期|完整年度|自然年度|服务时间为"
    r"|支援期|派用期|聘期|派驻期"
)
_OTHER = (
    r"保密(?!.*有效期)|账期|考核期|整改期|试用期|付款期|支付期|质保"
    r"|通知期|保存期|留存|不可抗力|续签|续约|自动(?:续|延|顺)"
    r"|签订|签署日|订立|逾期|竞业|验收后"
)
_FROM_DAY = re.compile(r"\s?(?:起|开始|之日起|算起|生效)")
_LINK = re.compile(r"[^0-9。;]{0,12}?(?:至|到|止|-|~|截止|届满|结束|终止|期满)[^0-9。;]{0,6}\Z")
# 10月8日上岗,1月7日收工: the verbs tell which day is the first and which the last.
_BEGUN = re.compile(
    r"\s?(?:起)?(?:正式)?(?:上岗|进场|开工|开始|到岗|入驻|开班|上班|起算?|生效|上线|进驻)[^,;。\d]{0,6}[,、]"
    r"[^,;。\d]{0,4}"
)
_ENDED = re.compile(
    r"\s?(?:当[天日])?(?:正式)?(?:收工|离场|撤场|结束|止|完工|离岗|撤岗|期满|截止|到期|终止|下班|收尾|退场|届满|撤[走离出])"
)
_SHORTEST = 27
_MONTH_AND_DAY = re.compile(
    r"(?:\(含\)|起|之日起)?,?\s?(?:至|到|-|~)\s?(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]"
)
_WHOLE = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True)
class Term:
    """Both days are included; each is None where the paper does not say it."""

    start: Noted[date] | None = None
    end: Noted[date] | None = None
    months: Noted[int] | None = None


def read(passage: Passage) -> Term:
    """The stated term, completed by calculation where two of the three are known."""
    start, end = _days(passage)
    return _completed(Term(start, end, _months(passage, start)))


def _days(passage: Passage) -> tuple[Noted[date] | None, Noted[date] | None]:
    pairs = sorted(_pairs(passage), key=lambda pair: (-pair[2], pair[0].start))
    if pairs:
        start, end, told = pairs[0]
        rivals = {(p[0].value, p[1].value) for p in pairs if p[2] >= told - 1}
        sure = SURE if len(rivals) == 1 else LIKELY
        return start.less_sure(sure), end.less_sure(sure)
    for pair in (_same_year(passage), _labelled(passage), _months_named(passage)):
        if pair is not None:
            return pair
    for line in passage.saying(_TERM + "|起"):
        for found in dates_in(passage.text, line.start, line.end):
            behind = passage.text[found.end : found.end + 8]
            before = passage.text[max(line.start, found.start - 6) : found.start]
            begins = _FROM_DAY.match(behind) or patterns.search(_BEGINS, before)
            if begins and not patterns.search(_OTHER, line.text):
                return _noted(found, LIKELY), None
            if patterns.match(r"\s?(?:止|届满|到期|终止)", behind) or (
                patterns.search(r"有效期限?(?:截)?(?:至|到|止于)\s?\Z|截止?[至到于]?\s?\Z", before)
            ):
                return None, _noted(found, LIKELY)
    return None, None


def _same_year(passage: Passage) -> tuple[Noted[date], Noted[date]] | None:
    """2026年4月1日至12月31日: the second day has the year of the first."""
    for line in passage.saying(_TERM, without=r"促销|大促|活动"):
        for found in dates_in(passage.text, line.start, line.end):
            rest = _MONTH_AND_DAY.match(passage.text, found.end, line.end)
            if rest is None:
                continue
            try:
                last = date(found.value.year, int(rest["m"]), int(rest["d"]))
            except ValueError:
                continue
            if last > found.value:
                return _noted(found, SURE), Noted(last, rest.start("m"), rest.end(), SURE)
    return None


_C = "零〇○一二三四五六七八九十"
_LAST_YEAR = 2999


def _month(which: str) -> str:
    """2026年3月 without a day behind it."""
    return (
        rf"(?P<{which}y>\d{{4}}|[{_C}]{{4}})\s?年\s?(?P<{which}m>\d{{1,2}}|[{_C}]{{1,3}})\s?月份?"
        rf"(?!\s?[\d{_C}])"
    )


_TO_MONTH = re.compile(_month("a") + r"\s?(?:起|开始)?,?\s?(?:至|到|-|~){1,2}\s?" + _month("b"))
_FROM_MONTH = re.compile(_month("a") + r"\s?(?:起|开始|算起|起算)")


def _months_named(passage: Passage) -> tuple[Noted[date], Noted[date] | None] | None:
    """自2026年3月起至2027年2月止, 自2026年3月起12个月: whole months, the first day not said."""
    for line in passage.lines:
        found = _TO_MONTH.search(passage.text, line.start, line.end)
        found = found or _FROM_MONTH.search(passage.text, line.start, line.end)
        if found is None or patterns.search(_OTHER, line.text):
            continue
        try:
            start = date(*_year_and_month(found, "a"), 1)
            if found.re is _FROM_MONTH:
                return Noted(start, found.start("ay"), found.end("am") + 1, LIKELY), None
            last = add_months(date(*_year_and_month(found, "b"), 1), 1) - timedelta(days=1)
        except ValueError:
            continue
        if last > start:
            return (
                Noted(start, found.start("ay"), found.end("am") + 1, LIKELY),
                Noted(last, found.start("by"), found.end("bm") + 1, LIKELY),
            )
    return None


def _year_and_month(found: re.Match[str], which: str) -> tuple[int, int]:
    year = int(numeral_value(found[which + "y"]))
    if year > _LAST_YEAR:
        raise ValueError(year)
    return year, int(numeral_value(found[which + "m"]))


_BEGINS = r"(?:开始|起始|起算|生效|启动|上线)(?:日期?|时间)?(?:为|是|:)*\s?\Z|自\s?\Z"
_FINISHES = r"(?:结束|终止|截止|到期|届满)(?:日期?|时间)?(?:为|是|:)*\s?\Z"


def _labelled(passage: Passage) -> tuple[Noted[date], Noted[date]] | None:
    """服务开始日期:…; 服务结束日期:…, each in a line of its own."""
    start: Noted[date] | None = None
    for line in passage.lines:
        for found in dates_in(passage.text, line.start, line.end):
            before = passage.text[max(line.start, found.start - 12) : found.start]
            if patterns.search(_OTHER, line.text):
                continue
            if start is None and patterns.search(_BEGINS, before):
                start = _noted(found, LIKELY)
            elif start and patterns.search(_FINISHES, before) and found.value > start.value:
                return start, _noted(found, LIKELY)
    return None


def _pairs(passage: Passage) -> Iterator[tuple[Noted[date], Noted[date], int]]:
    """Two days joined by 至, with what speaks for their being the contract's term."""
    for line in passage.lines:
        days = list(dates_in(passage.text, line.start, line.end))
        for first, last in itertools.pairwise(days):
            between = passage.text[first.end : last.start]
            ended = _ENDED.match(passage.text, last.end) and _BEGUN.fullmatch(between)
            ended = ended if (last.value - first.value).days >= _SHORTEST else None
            linked = ended or _LINK.match(between)
            if len(between) > 18 or not linked or last.value < first.value:
                continue
            told = 2 * bool(ended or patterns.search(_TERM, line.text)) + bool(
                patterns.search(_TERM, line.topic)
            )
            told += (last.value - first.value).days > 60
            told -= 2 * bool(
                patterns.search(r"促销|大促|活动|试运行|试用|免费|旺季|法定", line.text)
            )
            sure = SURE if told >= 2 else LIKELY
            yield _noted(first, sure), _noted(last, sure), told


def _months(passage: Passage, start: Noted[date] | None) -> Noted[int] | None:
    """A length in months or years that is said to be the contract's."""
    found = sorted(_lengths(passage, start), key=lambda item: (-item[1], item[0].start))
    return found[0][0] if found and found[0][1] >= 2 else None


def _lengths(passage: Passage, start: Noted[date] | None) -> Iterator[tuple[Noted[int], int]]:
    for line in passage.lines:
        for found in quantities_in(passage.text, line.start, line.end):
            if (
                found.value.n > 100
                or found.value.unit not in _WHOLE
                or found.value.n * _WHOLE[found.value.unit] % 1
            ):
                continue
            before = passage.text[max(line.start, found.start - 16) : found.start]
            after = passage.text[found.end : min(line.end, found.end + 6)]
            told = _weight(line, before, after)
            told -= 5 * ("保密" in line.text[: found.start - line.start][-30:])
            if start is not None and line.start <= start.start < line.end:
                told += 2
            months = int(found.value.n * _WHOLE[found.value.unit])
            sure = SURE if told >= 3 else LIKELY
            yield Noted(months, found.start, found.end, sure), told


def _weight(line: Line, before: str, after: str) -> int:
    """How plainly the words beside a length say that it is the contract's."""
    if patterns.search(r"周期(?:为|是|:)?\s?\Z", before):
        return -5
    if patterns.search(
        r"保密|终止后|届满后|满后|离职后|提前|前|连续|累计|每|第\Z|保存|留存"
        r"|质保|内\Z",
        before,
    ):
        return -5
    if patterns.match(r"内|以上|以内|前|后|一次|度|费", after) or patterns.search(
        r"自动(?:续|延|顺)", before
    ):
        return -5
    told = 3 * bool(
        patterns.search(
            r"(?:期限|有效期|服务期|合作期|合同期|协议期|委托期|期间?|为期|共计?|合计)"
            r"(?:限|间)?(?:为|是|共|计|:)*\s?\Z",
            before,
        )
    )
    told += 2 * bool(
        patterns.search(r"起[^,;]{0,6}\Z|,(?:共|计|合)?计?\s?\Z", before)
        and patterns.search(_TERM, line.text)
    )
    told += bool(patterns.search(r"期限|有效期", line.topic))
    if not before.strip() and patterns.search(r"(?:期限|有效期|期)\Z", line.topic):
        told += 2
    return told - 2 * bool(patterns.search(_OTHER, before + after))


def _noted(found: Found[date], sure: float) -> Noted[date]:
    return Noted(found.value, found.start, found.end, sure)


def _completed(term: Term) -> Term:
    start, end, months = term.start, term.end, term.months
    if start and end and months is None:
        months = derived(_whole_months(start.value, end.value), of=end)
    elif start and months and end is None:
        last = add_months(start.value, months.value) - timedelta(days=1)
        end = derived(last, of=months, sure=LIKELY)
    elif end and months and start is None:
        start = derived(_first_day(end.value, months.value), of=months, sure=GUESS)
    return Term(start, end, months)


def _whole_months(start: date, end: date) -> int:
    after = end + timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    return months if after.day >= start.day else months - 1


def _first_day(end: date, months: int) -> date:
    return add_months(end + timedelta(days=1), -months)
