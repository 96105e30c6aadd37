"""UNIT_AMBIGUOUS: 85 points or 85 percent (B12)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_BOTH = re.compile(r"\d+\s?分(?:以上|及以上)?\s?[/或、][^。；;\]]{0,16}\d+\s?[%％]")


_BRACKETED = r"满意[^。；;,，]{0,10}\d+\s?分\s?[(（]\s?\d+\s?[%％]"


def unit_ambiguous(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Two units for one target."""
    del contract
    doubled = passages(paper.main, _BRACKETED)
    if doubled:
        return remark(paper, "UNIT_AMBIGUOUS", doubled[0], printed=paper.text[slice(*doubled[0])])
    for sentence in paper.main:
        found = _BOTH.search(sentence.text)
        if found and not re.search(r"付|扣|发|尾款|费", found[0]):
            return remark(paper, "UNIT_AMBIGUOUS", sentence, printed=found[0])
    return ()
