"""A finding made from places of the paper."""

from __future__ import annotations

from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.documents.paper import Paper, Sentence


def remark(
    paper: Paper,
    code: str,
    *places: Sentence | tuple[int, int],
    severity: Severity = Severity.ERROR,
    clauses: tuple[str, ...] = (),
    **facts: str,
) -> tuple[Finding, ...]:
    """One finding that quotes `places`, in the order given."""
    spans = [(p.start, p.end) if isinstance(p, Sentence) else p for p in places]
    quotes = tuple(paper.source_of(*span) for span in spans)
    return (Finding(code, severity, clauses, quotes, facts),)
