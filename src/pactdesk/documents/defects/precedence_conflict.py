"""PRECEDENCE_CONFLICT: an annex prevails, and may not change the contract (E66, E71)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
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
        return ()
    return remark(paper, "PRECEDENCE_CONFLICT", prevails, may_not)
