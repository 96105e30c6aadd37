"""DATE_INVALID: a day that no calendar has."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.grammar.dates import written_dates_in
from pactdesk.documents.paper import Paper


def date_invalid(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """2026年2月30日, 2026年13月1日."""
    del contract
    wrong = [f for f in written_dates_in(paper.text) if f.value is None]
    if not wrong:
        return ()
    places = [(f.start, f.end) for f in wrong[:4]]
    written = "、".join(paper.text[start:end] for start, end in places)
    return remark(paper, "DATE_INVALID", *places, clauses=("period-1",), written=written)
