"""RENEWAL_CONFLICT: renewed by a new agreement, and renewed by itself (B16, B17)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.clauses.period import renewal_sentences
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_BY_ITSELF = r"自动(?:续|延|顺延)"
_BY_AGREEMENT = (
    r"续(?:约|签|期|展)[^。；;]{0,14}(?:另行|重新)[^。；;,，]{0,6}签"
    r"|(?:另行|重新)签[订署][^。；;,，]{0,8}续"
)


def renewal_conflict(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Both readings stand side by side."""
    del contract
    sentences = list(renewal_sentences(paper))
    automatic = next((s for s in sentences if re.search(r"自动(?:续|延|顺延)", s.text)), None)
    agreed = next(
        (
            s
            for s in sentences
            if s is not automatic and re.search(r"另行|重新签|续约协议|续签(?:合同|协议)", s.text)
        ),
        None,
    )
    if automatic is None or agreed is None:
        both = passages(paper.main, _BY_ITSELF), passages(paper.main, _BY_AGREEMENT)
        if not all(both) or both[0][0] == both[1][0]:
            return ()
        return remark(paper, "RENEWAL_CONFLICT", both[1][0], both[0][0], clauses=("period-1",))
    return remark(paper, "RENEWAL_CONFLICT", agreed, automatic, clauses=("period-1",))
