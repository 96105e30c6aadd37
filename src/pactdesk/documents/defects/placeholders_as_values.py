"""PLACEHOLDERS_AS_VALUES: numbers that stand only in a template's examples (T5)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper


def placeholders_as_values(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """One finding for the whole paper; every example is a blank with a suggestion besides."""
    del contract
    examples = [gap for gap in paper.gaps if gap.value.example]
    if not examples:
        return ()
    places = [(gap.start, gap.end) for gap in examples[:8]]
    return remark(paper, "PLACEHOLDERS_AS_VALUES", *places, count=str(len(examples)))
