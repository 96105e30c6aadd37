"""PENALTY_BASE_TOTAL: lateness costs a share of the whole contract, not of what is late (C21)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.fields import share_field
from pactdesk.documents.paper import Paper

_BASE = r"(?:合同|协议)(?:总)?(?:金额|价款|总额|总价)"


def penalty_base_total(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """One day late costs as much as a year."""
    del contract
    for sentence in paper.saying(r"逾期违约金|(?:逾期|迟延)[^。；;]{0,30}违约金"):
        share = share_field(paper, sentence.start, sentence.end)
        if (
            share
            and re.search(_BASE, sentence.text)
            and not re.search(r"每日|每逾期", sentence.text)
        ):
            return remark(paper, "PENALTY_BASE_TOTAL", sentence)
    return ()
