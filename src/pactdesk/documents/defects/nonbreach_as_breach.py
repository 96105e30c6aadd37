"""NONBREACH_AS_BREACH: failing to agree is listed as a breach (D28)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_DEEMED = (
    r"(?:不同意|拒绝(?:续|变更|调整|延长)|未(?:能)?(?:协商|达成)一致|协商不成"
    r"|不(?:再)?续[签约订]|减少|增加|"
    r"提出异议|申请仲裁|提起诉讼|向[^。；;,，]{0,8}投诉|行使[^。；;,，]{0,8}权)"
    r"[^。；;]{0,14}(?:视为|即构成|构成|按)[^。；;,，]{0,6}违约"
)
"""To refuse a change, to disagree or to sue is a right; fewer customers are nobody's fault."""


def nonbreach_as_breach(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "未能友好协商解决" among the breaches: using a right is none."""
    del contract
    deemed = passages(paper.main, _DEEMED)
    if deemed:
        return remark(paper, "NONBREACH_AS_BREACH", deemed[0])
    for sentence in paper.sentences:
        if not re.search(r"未能?(?:友好)?协商(?:解决|一致)|协商不成", sentence.text):
            continue
        above = [
            c.heading
            for c in paper.outline
            if c.start <= sentence.start < c.whole_end and re.search(r"违约行为", c.heading or "")
        ]
        if above:
            return remark(paper, "NONBREACH_AS_BREACH", sentence)
    return ()
