"""VENUE_ONE_SIDED: only one side sues at home (D17)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper

_HOME = (
    r"(?:向|由|至)(?:[甲乙]方|客户|服务提供商|服务商)(?:所在地|住所地)"
    r"[^。；;,，]{0,10}(?:人民法院|仲裁)"
)


def venue_one_sided(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Lawful between companies, so a note there; against a worker, a warning."""
    place = next(iter(paper.saying(_HOME)), None)
    if place is None:
        return ()
    worker = contract.contract_type == "part_time_agent"
    severity = Severity.WARNING if worker else Severity.NOTE
    return remark(paper, "VENUE_ONE_SIDED", place, severity=severity, clauses=("dispute-1",))
