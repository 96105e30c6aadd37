"""TERMINATION_EMPTY: the grounds for ending refer to themselves (E41)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper

_CIRCULAR = r"终止的?条件[^。；;]{0,6}(?:按照|依照|以)(?:本)?(?:合同|协议)约定"


def termination_empty(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "合同终止的条件按照合同约定执行"."""
    del contract
    place = next(iter(paper.saying(_CIRCULAR)), None)
    return remark(paper, "TERMINATION_EMPTY", place, clauses=("termination-1",)) if place else ()
