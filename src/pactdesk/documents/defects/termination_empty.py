"""TERMINATION_EMPTY: the grounds for ending refer to themselves (E41)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_CIRCULAR = r"终止的?条件[^。；;]{0,6}(?:按照|依照|以)(?:本)?(?:合同|协议)约定"


def termination_empty(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "合同终止的条件按照合同约定执行"."""
    del contract
    place = next(iter(paper.saying(_CIRCULAR)), None)
    if place is not None:
        return remark(paper, "TERMINATION_EMPTY", place, clauses=("termination-1",))
    agreed = passages(paper.main, _AS_AGREED)
    if not agreed or passages(
        paper.main, (r"(?:有权|可以?)(?:单方|随时|书面)?(?:通知)?[^。；;,，]{0,6}(?:解除|终止)")
    ):
        return ()
    return remark(paper, "TERMINATION_EMPTY", agreed[0], clauses=("termination-1",))


_AS_AGREED = (
    r"(?:符合|满足|出现|具备|发生)(?:本)?(?:合同|协议)(?:约定|规定)的(?:终止"
    r"|解除)(?:条件|情形|事由)"
)
