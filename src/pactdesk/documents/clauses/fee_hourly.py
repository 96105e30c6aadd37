"""Pay or a fee by the hour: 时薪22元, 节假日三倍 (PRACTICE 2, 16)."""

from __future__ import annotations

import re
from decimal import Decimal

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.fee_hourly import HourlyFee, Multiplier, PaidTime, When
from pactdesk.documents.clauses import fee_headcount_hours, priced
from pactdesk.documents.paper import Paper, silent

_UNITS = ("CNY/hour", "CNY/person/hour")
_OPEN = r"时薪|每(?:个)?小时|小时(?:报酬|工资|单价)"
_WHENS = (
    (When.HOLIDAYS, r"法定|节假日|节日|春节|国庆|除夕"),
    (When.REST_DAYS, r"周末|双休|休息日|周六|星期六"),
    (When.EVERY_DAY, r"夜|晚|凌晨|高峰"),
    (When.DATES, r"大促|双11|双十一|618|促销|旺季"),
)
_WINDOW = re.compile(
    r"(?P<h>\d{1,2})[:：](?P<m>[0-5]\d)\s?(?:至|到|-|—|–|~)\s?(?:次日)?\s?(?P<k>\d{1,2})[:"
    r"：](?P<n>[0-5]\d)"
)
_DAY = 24
_CLOCKED = (
    r"(?:登录|打卡|在线|上线|系统)[^,，。；;]{0,8}(?:时长|记录|时间"
    r"|工时)|实际(?:工作|服务|工时|在岗)"
)


def read(paper: Paper) -> list[HourlyFee]:
    """One clause at the plain price; other prices of an hour stay for a person to add."""
    if fee_headcount_hours.read(paper):
        return []
    found = _price(paper)
    if found is None:
        return []
    price, source = found
    sources = {"unit_price": source}
    rate, included = priced.tax(paper, sources)
    multipliers = _multipliers(paper, sources)
    return [
        HourlyFee(
            id="hourly-1",
            source=priced.clause_source(paper, source),
            unit_price=price,
            paid_time=_paid_time(paper, sources),
            multipliers=multipliers,
            overlap=silent("overlap", "highest") if len(multipliers) > 1 else None,
            tax_rate=rate,
            tax_included=included,
            sources=sources,
        )
    ]


def _price(paper: Paper) -> tuple[Decimal | Blank, Source] | None:
    prices = priced.amounts(paper, *_UNITS)
    if prices:
        return prices[0].value.value, priced.source_of(paper, prices[0])
    if priced.basis_of(paper) in ("per_hour", "hourly_plus_commission"):
        return next(priced.open_prices(paper, _OPEN), None)
    return None


def _multipliers(paper: Paper, sources: dict[str, Source]) -> tuple[Multiplier, ...]:
    found: list[Multiplier] = []
    for noted in priced.amounts(paper, "multiplier"):
        source = priced.source_of(paper, noted)
        start, _, text = priced.sentence_around(paper, source)
        lead = re.split(r"[,，]", text[: source.end - start])
        words = lead[-1] if any(re.search(p, lead[-1]) for _, p in _WHENS) else "".join(lead[-2:])
        when = next((when for when, pattern in _WHENS if re.search(pattern, words)), None)
        if when is None:
            continue
        sources[f"multipliers.{len(found)}.times"] = source
        windows: tuple[str, ...] | Blank | None = None
        if when is When.EVERY_DAY:
            windows = _windows(words) or paper.vague(source.start, source.end)
        days = paper.vague(source.start, source.end) if when is When.DATES else None
        found.append(
            Multiplier(when=when, times=noted.value.value, windows=windows, first=days, last=days)
        )
    return tuple(found)


def _windows(words: str) -> tuple[str, ...]:
    """22:00至次日6:00 is "22:00-06:00"."""
    return tuple(
        f"{int(found['h']):02}:{found['m']}-{int(found['k']):02}:{found['n']}"
        for found in _WINDOW.finditer(words)
        if int(found["h"]) < _DAY and int(found["k"]) < _DAY
    )


def _paid_time(paper: Paper, sources: dict[str, Source]) -> PaidTime | Blank:
    for sentence in paper.saying(_CLOCKED):
        if re.search(r"时长|工时|计酬|计费|结算|为准|小时", sentence.text):
            sources["paid_time"] = paper.source_at(sentence)
            return PaidTime.CLOCKED
    return silent("paid_time", PaidTime.CLOCKED.value)
