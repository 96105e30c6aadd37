"""A total for the whole term in parts: 首付款30%, 尾款70% (A49, B20)."""

from __future__ import annotations

from decimal import Decimal

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.fee_lump_sum import (
    Advance,
    AdvanceEvent,
    FinalPart,
    Instalment,
    LumpSumFee,
)
from pactdesk.core.terms.durations import Duration, TimeUnit
from pactdesk.documents.clauses import priced
from pactdesk.documents.paper import Paper, silent
from pactdesk.documents.provisions import advances, instalments
from pactdesk.documents.provisions.due_dates import Due
from pactdesk.documents.provisions.noted import Noted

_UNITS = {"working_days_after": TimeUnit.WORKING_DAY, "calendar_days_after": TimeUnit.DAY}
_EVENTS = {
    "documents_received": AdvanceEvent.DOCUMENTS_RECEIVED,
    "contract_signed": AdvanceEvent.CONTRACT_SIGNED,
    "contract_effective": AdvanceEvent.CONTRACT_SIGNED,
}


def read(paper: Paper) -> list[LumpSumFee]:
    """One clause where a total is paid in parts and nothing by the month."""
    told = priced.fee_of(paper)
    if not priced.lump_sum(paper) or told.total is None:
        return []
    source = priced.source_of(paper, told.total)
    sources = {"total": source}
    rate, included = priced.tax(paper, sources)
    return [
        LumpSumFee(
            id="lump-sum-1",
            source=priced.clause_source(paper, source),
            total=told.total.value,
            advance=_advance(paper, sources),
            instalments=_instalments(paper, sources),
            final=_final(paper, sources),
            tax_rate=rate,
            tax_included=included,
            sources=sources,
        )
    ]


def _advance(paper: Paper, sources: dict[str, Source]) -> Advance | None:
    noted = advances.down_payment(priced.passage_for(paper))
    if noted is None:
        return None
    share, amount = _price(noted.value.pct), noted.value.amount
    if noted.value.pct is not None:
        sources["advance.share"] = priced.source_of(paper, noted.value.pct)
    elif amount is not None:
        sources["advance.amount"] = priced.source_of(paper, amount)
    due = noted.value.due
    event = _EVENTS.get(due.value.event or "") if due else None
    return Advance(
        share=share,
        amount=amount.value if amount is not None and share is None else None,
        event=event or silent("advance_event", AdvanceEvent.CONTRACT_SIGNED.value),
        within=_within(paper, due, "advance.within", sources),
    )


def _instalments(paper: Paper, sources: dict[str, Source]) -> tuple[Instalment, ...]:
    """What stands between the first and the last part; their days are facts to come."""
    parts = instalments.series(priced.passage_for(paper))
    middle = parts[1:-1] if instalments.first_of(parts) else parts[:-1]
    found = []
    for number, part in enumerate(middle, 1):
        place = priced.passage_for(paper).in_paper(part.at, part.until)
        sources[f"instalments.{number - 1}.share"] = paper.source_of(*place)
        day = paper.vague(*place)
        found.append(Instalment(name=f"part_{number}", share=part.pct / 100, day=day))
    return tuple(found)


def _final(paper: Paper, sources: dict[str, Source]) -> FinalPart | None:
    noted = advances.final_payment(priced.passage_for(paper))
    if noted is None:
        return None
    if noted.value.pct is not None:
        sources["final.share"] = priced.source_of(paper, noted.value.pct)
    # All that no other part takes is the last part's, whatever percentage it is called by.
    return FinalPart(
        share=Decimal(1), within=_within(paper, noted.value.due, "final.within", sources)
    )


def _price(pct: Noted[Decimal] | None) -> Decimal | None:
    return pct.value / 100 if pct is not None and pct.value <= 100 else None


def _within(
    paper: Paper, due: Noted[Due] | None, path: str, sources: dict[str, Source]
) -> Duration | Blank | None:
    if due is None or due.value.kind not in _UNITS or not isinstance(due.value.n, int):
        return None
    sources[path] = priced.source_of(paper, due)
    return Duration(n=due.value.n, unit=_UNITS[due.value.kind])
