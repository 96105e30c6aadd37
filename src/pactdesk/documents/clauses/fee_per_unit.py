"""Fees by volume: conversations over a quota, minutes in bands, shifts, days of persons."""

from __future__ import annotations

import re
from decimal import Decimal

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.fee_per_unit import Measure, PerUnitFee, Tier, Tiering
from pactdesk.documents.clauses import priced
from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value
from pactdesk.documents.paper import Paper, silent
from pactdesk.documents.provisions.fee_amount import FeeAmount
from pactdesk.documents.provisions.noted import Noted

_USAGES = {
    "CNY/person/shift": "shift",
    "CNY/person/day": "person_day",
    "CNY/seat/day": "seat_day",
}
_UP_TO = re.compile(
    rf"(?P<n>{NUMERAL})\s?(?:个|通|条|次|单|件)?(?:有效|人工|通话|计费)*(?:分钟"
    r"|会话|通|次|条|单|件|咨询)?"
    r"(?:\(含\)|（含）)?(?:以内|之内|以下|内的|及以内|内)"
)
_BAND = re.compile(rf"(?P<low>{NUMERAL})[^,，。；;\d]{{0,6}}(?:至|到|-|—|~)\s?(?P<n>{NUMERAL})")
_GRADUATED = r"超(?:过|出)[^,，。；;]{0,14}(?:的)?部分|以上(?:的)?部分|超量|超额"
_WHOLE = r"全部[^,，。；;]{0,8}按|均按"


def read(paper: Paper) -> list[PerUnitFee]:
    """Minutes and conversations as one clause with bands; each price of a usage as its own."""
    clauses: list[PerUnitFee] = []
    for unit in ("CNY/min", "CNY/conversation"):
        prices = priced.amounts(paper, unit)
        if prices:
            clauses.append(_by_volume(paper, unit, prices, f"per-unit-{len(clauses) + 1}"))
    for unit, usage in _USAGES.items():
        for number, noted in enumerate(priced.amounts(paper, unit), 1):
            name = usage if number == 1 else f"{usage}_{number}"
            clauses.append(_by_usage(paper, noted, name, f"per-unit-{len(clauses) + 1}"))
    return clauses


def _by_volume(
    paper: Paper, unit: str, prices: list[Noted[FeeAmount]], clause_id: str
) -> PerUnitFee:
    sources: dict[str, Source] = {}
    tiers = _tiers(paper, prices, sources)
    first = priced.source_of(paper, prices[0])
    included = _included(paper, sources) if unit == "CNY/conversation" else None
    rate, with_tax = priced.tax(paper, sources)
    return PerUnitFee(
        id=clause_id,
        source=priced.clause_source(paper, first),
        measure=_measure(paper, unit, first),
        tiers=tiers,
        tiering=_tiering(paper, sources, several=len(tiers) > 1),
        minute_rounding=silent("minute_rounding", "up") if unit == "CNY/min" else None,
        included=included,
        tax_rate=rate,
        tax_included=with_tax,
        sources=sources,
    )


def _by_usage(paper: Paper, noted: Noted[FeeAmount], usage: str, clause_id: str) -> PerUnitFee:
    source = priced.source_of(paper, noted)
    sources = {"tiers.0.price": source}
    rate, included = priced.tax(paper, sources)
    return PerUnitFee(
        id=clause_id,
        source=priced.clause_source(paper, source),
        measure=Measure.USAGE,
        usage=usage,
        tiers=(Tier(price=noted.value.value),),
        tiering=Tiering.GRADUATED,
        tax_rate=rate,
        tax_included=included,
        sources=sources,
    )


def _measure(paper: Paper, unit: str, source: Source) -> Measure:
    if unit == "CNY/min":
        return Measure.CALL_MINUTE
    _, _, text = priced.sentence_around(paper, source)
    if re.search(r"工单|售后单", text):
        return Measure.TICKET
    if re.search(r"通(?:话|电)?|来电|呼|电话|热线", text) and "会话" not in text:
        return Measure.CALL
    if re.search(r"有效", text):
        return Measure.VALID_CONVERSATION
    return Measure.CONVERSATION


def _tiers(
    paper: Paper, prices: list[Noted[FeeAmount]], sources: dict[str, Source]
) -> tuple[Tier, ...]:
    """Each price with the end of its band; the last has none."""
    tiers = []
    for number, noted in enumerate(prices):
        source = priced.source_of(paper, noted)
        sources[f"tiers.{number}.price"] = source
        last = number == len(prices) - 1
        up_to = None if last else _end_of_band(paper, source)
        tiers.append(Tier(up_to=up_to, price=noted.value.value))
    ends = [tier.up_to for tier in tiers[:-1] if isinstance(tier.up_to, Decimal)]
    # Bands that do not rise were misread: their ends are for a person to say.
    if ends != sorted(set(ends)):
        return tuple(
            Tier(up_to=None if tier is tiers[-1] else silent("band_end"), price=tier.price)
            for tier in tiers
        )
    return tuple(tiers)


def _end_of_band(paper: Paper, price: Source) -> Decimal | Blank:
    start, _, text = priced.sentence_around(paper, price)
    lead = text[: max(price.end - start, 0)]
    for pattern in (_BAND, _UP_TO):
        found = list(pattern.finditer(lead))
        if found and numeral_value(found[-1]["n"]) > 0:
            return numeral_value(found[-1]["n"])
    return paper.vague(price.start, price.end)


def _tiering(paper: Paper, sources: dict[str, Source], *, several: bool) -> Tiering | Blank:
    if not several:
        return Tiering.GRADUATED
    for sentence in paper.saying(rf"{_GRADUATED}|{_WHOLE}"):
        if not re.search(r"元|价|费", sentence.text):
            continue
        graduated = re.search(_GRADUATED, sentence.text)
        sources["tiering"] = paper.source_at(sentence)
        return Tiering.GRADUATED if graduated else Tiering.WHOLE_VOLUME
    return silent("tiering", Tiering.GRADUATED.value)


def _included(paper: Paper, sources: dict[str, Source]) -> Decimal | None:
    volumes = priced.amounts(paper, "conversation/month")
    if not volumes or not priced.amounts(paper, "CNY/month"):
        return None
    sources["included"] = priced.source_of(paper, volumes[0])
    return volumes[0].value.value
