"""What single events cost: 泄露客户信息每起5万元, 辱骂客户一次500元 (PRACTICE 3)."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Source
from pactdesk.core.terms.clauses.deduction_event import DeductionEvent, EventCount
from pactdesk.core.terms.clauses.prices import EventPrice, FixedPrice, ShareOfFee
from pactdesk.documents.clauses.deduction import deduction_sentences
from pactdesk.documents.clauses.priced import clause_source, deductions_of, source_of
from pactdesk.documents.contract_type import contract_type_of
from pactdesk.documents.paper import Paper
from pactdesk.documents.provisions.deductions.kinds import Deduction

_WHAT = {
    "abuse": "abuse",
    "attendance": "absence",
    "data_leak": "data_leak",
    "media_incident": "media_incident",
    "valid_complaint_count": "valid_complaint",
}
_EACH_PERSON = r"每人次|人次|每人"


def read(paper: Paper) -> list[DeductionEvent]:
    """One clause for each event that no level measures; a worker's fines are findings."""
    if contract_type_of(paper) == "part_time_agent":
        return []
    levels = [(s.start, s.end) for s in deduction_sentences(paper)]
    clauses: list[DeductionEvent] = []
    for noted in deductions_of(paper):
        price = _price(noted.value)
        if price is None or noted.value.metric not in _WHAT:
            continue
        source = source_of(paper, noted)
        if any(first <= source.start < last for first, last in levels):
            continue
        clauses.append(_event(paper, noted.value, price, source, len(clauses) + 1))
    return clauses


def _event(
    paper: Paper, deduction: Deduction, price: EventPrice, source: Source, number: int
) -> DeductionEvent:
    field = "price.amount" if isinstance(price, FixedPrice) else "price.rate"
    sources = {field: source}
    cap = None
    if deduction.cap is not None and deduction.cap[1] == "pct_monthly_fee":
        share = deduction.cap[0] / 100
        cap = share if 0 <= share <= 1 else None
    if cap is not None:
        sources["cap"] = source
    each = re.search(_EACH_PERSON, source.quote)
    return DeductionEvent(
        id=f"event-{number}",
        source=clause_source(paper, source),
        what=_WHAT[deduction.metric],
        counts=EventCount.QUANTITY if each else EventCount.INCIDENT,
        price=price,
        cap=cap,
        sources=sources,
    )


def _price(deduction: Deduction) -> EventPrice | None:
    if deduction.trigger != "per_event" or deduction.amount is None:
        return None
    if deduction.amount_unit == "CNY":
        return FixedPrice(amount=deduction.amount)
    if deduction.amount_unit == "pct_monthly_fee":
        return ShareOfFee(rate=deduction.amount / 100)
    return None
