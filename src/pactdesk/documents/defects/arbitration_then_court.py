"""ARB_THEN_LIT: who dislikes the award goes to court (E38)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.ladder import AFTER_AWARD
from pactdesk.documents.paper import Paper

_AWARD = r"仲裁(?:委员会|机构|院|中心)|申请仲裁|提交仲裁"
_THEN = rf"(?:{AFTER_AWARD})[^。；;]{{0,40}}(?:法院|起诉|诉讼|诉请|官司)"


def arbitration_then_court(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """A commercial award is final; after labour arbitration the court is the lawful next step."""
    del contract
    awards = passages(
        paper.main,
        _AWARD,
        without=r"劳动(?:人事)?(?:争议|纠纷)?(?:部门|局|机构)?(?:申请|调解)?仲裁",
    )
    then = passages(
        paper.main,
        _THEN,
        without=(
            r"劳动(?:人事)?(?:争议|纠纷)?(?:部门|局|机构)?(?:申请|调解)?仲裁|撤销裁决|不予执行"
        ),
    )
    if not awards or not then:
        return ()
    return remark(paper, "ARB_THEN_LIT", awards[0], then[0], clauses=("dispute-1",))
