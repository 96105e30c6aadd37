"""THIRD_PARTY_LIABILITY_SHIFT: whoever brings a third party in is not answerable for it (E72)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper

_SHIFTS = (
    r"(?:第三方|分包商|分包方|外包人员|派遣人员)[^。；;]{0,24}"
    r"由(?:第三方|分包商|分包方|外包人员|派遣人员|其)(?:自行|自己|全部)?承担"
)


def third_party_liability_shift(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Towards the other party the contract partner stays liable (Civil Code 593)."""
    del contract
    place = next((s for s in paper.sentences if re.search(_SHIFTS, s.text)), None)
    if place is None:
        return ()
    return remark(paper, "THIRD_PARTY_LIABILITY_SHIFT", place, clauses=("third-parties-1",))
