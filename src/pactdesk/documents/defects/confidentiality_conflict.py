"""CONF_TERM_CONFLICT: secrecy ends with the contract, and goes on after it (E25, E77)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper

_ENDS = r"保密期限[^。；;]{0,40}至[^。；;]{0,12}(?:终止|完毕|届满)"
_GOES_ON = r"(?:终止|解除|结束)后[^。；;]{0,14}保密|保密[^。；;]{0,20}(?:终止|结束)后"


def confidentiality_conflict(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Two clauses or an annex disagree about the last day of secrecy."""
    del contract
    ends = next((s for s in paper.main if re.search(_ENDS, s.text)), None)
    goes_on = next(
        (s for s in paper.sentences if s is not ends and re.search(_GOES_ON, s.text)), None
    )
    if ends is None or goes_on is None:
        return ()
    return remark(paper, "CONF_TERM_CONFLICT", ends, goes_on, clauses=("confidentiality-1",))
