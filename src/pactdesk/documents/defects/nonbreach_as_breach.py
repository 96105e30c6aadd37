"""NONBREACH_AS_BREACH: failing to agree is listed as a breach (D28)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper


def nonbreach_as_breach(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "未能友好协商解决" among the breaches: using a right is none."""
    del contract
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
