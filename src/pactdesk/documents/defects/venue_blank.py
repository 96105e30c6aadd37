"""VENUE_BLANK: the court is that of the place of signing, and the place is left open (E47)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_THERE = r"(?:签[订署约]地|签约地)[^。；;]{0,12}(?:法院|仲裁)"
_OPEN = r"(?:签[订署约]地点?|签约地点?)\s?(?:为|[:：])\s?(?:_{2,}|【\s*】|[(（]\s*[)）])"


def venue_blank(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "由合同签订地人民法院管辖", and below "签订地:____"."""
    del contract
    there, left_open = passages(paper.main, _THERE), passages(paper.sentences, _OPEN)
    if not there or not left_open:
        return ()
    return remark(paper, "VENUE_BLANK", there[0], left_open[0], clauses=("dispute-1",))
