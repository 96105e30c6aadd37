"""PRECEDENCE_CONFLICT: an annex prevails, and may not change the contract (E66, E71)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_PREVAILS = r"不一致(?:之处|的)?[,，]?[^。；;]{0,4}以[^。；;]{0,12}(?:协议|附件)为准"
_MAY_NOT = (
    r"(?:协议|附件)[^。；;]{0,6}不得[^。；;]{0,6}(?:修改|补充|变更)[^。；;]{0,6}(?:合同|协议)"
)


def precedence_conflict(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """What prevails over the contract changes it."""
    del contract
    prevails = next((s for s in paper.sentences if re.search(_PREVAILS, s.text)), None)
    may_not = next((s for s in paper.sentences if re.search(_MAY_NOT, s.text)), None)
    if prevails is None or may_not is None:
        return _two_orders(paper)
    return remark(paper, "PRECEDENCE_CONFLICT", prevails, may_not)


def _two_orders(paper: Paper) -> tuple[Finding, ...]:
    """The annex prevails in one place, the contract in another."""
    annex = passages(
        paper.main, (rf"{_DIFFER}[^。；;]{{0,8}}以(?:该)?(?:附件|附表|补充协议|附录)为准")
    )
    body = passages(
        paper.main, (rf"{_DIFFER}[^。；;]{{0,8}}以(?:本)?(?:合同|协议)?(?:正文|主文|合同|协议)为准")
    )
    return remark(paper, "PRECEDENCE_CONFLICT", annex[0], body[0]) if annex and body else ()


_DIFFER = r"(?:不一致|冲突|抵触|矛盾|不符)"
