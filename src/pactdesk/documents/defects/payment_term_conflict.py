"""PAYMENT_TERM_CONFLICT: two rules say when the same fee is due (A42, A49)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.durations import DueKind
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.clauses.payment import due_rules
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper


def payment_term_conflict(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Two clocks: a day of the month, and days after an event."""
    del contract
    rules = due_rules(paper)
    clocks = {
        (rule.due.kind, rule.due.event) for rule in rules if isinstance(rule.due.kind, DueKind)
    }
    if len(clocks) < 2:
        return ()
    return remark(
        paper,
        "PAYMENT_TERM_CONFLICT",
        *(rule.sentence for rule in rules),
        clauses=("payment-1",),
    )
