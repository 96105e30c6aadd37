"""SURVIVAL_CONFLICT: all duties end with the contract, and some go on (E43)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper

_ALL_END = (
    r"(?:终止|解除|期满|届满|结束)后?[^。；;]{0,40}不再(?:享有|承担"
    r"|负有)[^。；;]{0,30}(?:权利|义务)"
    r"|(?:终止|解除|期满|届满|结束)后?[^。；;]{0,30}(?:一切|全部|所有|各项)[^。；;]{0,4}权利义务"
    r"[^。；;,，]{0,8}(?:消灭|终止|结束|解除)"
    r"|(?:终止|解除|期满|届满)后[^。；;,，]{0,10}权利义务[^。；;,，]{0,6}(?:终止|消灭)"
)
_GO_ON = (
    r"终止后[^。；;]{0,30}(?:移交|继续有效|继续保密|仍(?:须|应|负|需)|直至履行完毕)|"
    r"(?:赔偿|保密)[^。；;]{0,20}终止后|条[^。；;]{0,6}(?:继续|仍然?)有效"
)


def survival_conflict(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "客户也不再承担合同约定的义务", while handover and secrecy come after the end."""
    del contract
    ends = next((s for s in paper.main if re.search(_ALL_END, s.text)), None)
    goes_on = next((s for s in paper.sentences if re.search(_GO_ON, s.text)), None)
    if ends is None or goes_on is None:
        return ()
    return remark(paper, "SURVIVAL_CONFLICT", ends, goes_on)
