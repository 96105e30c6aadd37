"""LABOR_DISPUTE_ROUTE: a worker's dispute goes past labour arbitration (D17)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_ROUTE = r"(?:人民法院|法院|仲裁委员会|仲裁机构)[^。；;]{0,12}(?:起诉|诉讼|仲裁|裁决|解决)?"
_LABOUR = r"劳动(?:人事)?(?:争议|纠纷)?(?:部门|局|机构)?(?:申请|调解)?仲裁"
_BARRED = (
    r"不得|不再|放弃|不经|无[需须]|不通过|不申请|不可|不能(?!协商|达成|解决|调解)|不提|自愿不"
    r"|排除|不走"
)


def labor_dispute_route(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Straight to a court, or to a commercial commission: labour arbitration comes first."""
    if contract.contract_type != "part_time_agent":
        return ()
    if passages(paper.main, _LABOUR, without=rf"(?:{_BARRED})[^。；;]{{0,14}}{_LABOUR}"):
        return ()
    waived = passages(paper.main, rf"(?:{_BARRED})[^。；;]{{0,14}}{_LABOUR}")
    places = waived or passages(paper.main, _ROUTE)
    if not places:
        return ()
    return remark(paper, "LABOR_DISPUTE_ROUTE", places[0], clauses=("dispute-1",))
