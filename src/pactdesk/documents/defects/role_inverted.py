"""ROLE_INVERTED: the label says provider, the deeds say client (A, defect 1)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.grammar.parties import party_lines_in
from pactdesk.documents.paper import Paper

_PROVIDES = r"服务提供方|服务提供商|受托方|承包方|乙方服务"
_RECEIVES = r"服务接受方|委托方|发包方|客户方|采购方"


def role_inverted(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """甲方(服务提供方) that pays, and 乙方(服务接受方) that works."""
    del contract
    wrong = []
    for line in party_lines_in(paper.text, 0, paper.head_end):
        role, label = line.value.role or "", line.value.label
        serves = label == paper.roles.provider_label
        if (re.search(_PROVIDES, role) and not serves) or (re.search(_RECEIVES, role) and serves):
            wrong.append((line.start, line.end))
    deed = next(iter(paper.saying(_DEED)), None)
    if not wrong:
        return ()
    places = [*wrong, deed] if deed else wrong
    return remark(
        paper, "ROLE_INVERTED", *places, clauses=("parties-1",), provider=paper.roles.provider
    )


_DEED = r"聘请|委托|[甲乙]方[^。；;]{0,12}支付[^。；;]{0,8}服务费用"
