"""SURVIVAL_CONFLICT: all duties end with the contract, and some go on (E43)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper

_END = r"(?:终止|解除|期满|届满|结束|到期)"
_WHOLE = r"(?:一切|全部|所有|各项|任何|双方)[^。；;,，]{0,6}(?:权利|义务|责任)"
_GONE = r"(?:消灭|终止|结束|解除|终结|归于|即告)"
_ALL_END = (
    rf"{_END}(?:之?[后日时])?[^。；;]{{0,40}}(?:不再|不)(?:享有|承担|负有?"
    rf"|存在)[^。；;]{{0,30}}(?:权利|义务)"
    rf"|{_END}(?:之?[后日时])?[^。；;]{{0,30}}{_WHOLE}[^。；;,，]{{0,14}}{_GONE}"
    rf"|{_END}(?:之?[后日时])[^。；;,，]{{0,10}}权利义务[^。；;,，]{{0,6}}{_GONE}"
    rf"|{_END}(?:之?[后日时])?[^。；;]{{0,30}}(?:互不(?:再)?(?:承担|负|追究)|两清"
    rf"|再无(?:任何)?(?:关系|瓜葛|责任|义务))"
)
_SAVED = r"除[^。；;]{0,30}(?:外|以外|之外)|不影响|但[^。；;]{0,24}(?:除外|仍|继续)"
_GO_ON = (
    rf"{_END}(?:之?[后日]起?)[^。；;]{{0,30}}(?:移交|继续|仍(?:须|应|负|需|然|有)|直至履行完毕"
    r"|(?:年|月)[^。；;,，]{0,14}(?:保密|不得|守密))"
    rf"|(?:赔偿|保密|保守)[^。；;]{{0,20}}{_END}(?:之?[后日])|条[^。；;]{{0,6}}(?:继续|仍然?)有效"
)


def survival_conflict(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "客户也不再承担合同约定的义务", while handover and secrecy come after the end."""
    del contract
    ends = next(
        (
            s
            for s in paper.main
            if re.search(_ALL_END, s.text) and not re.search(rf"{_SAVED}|保密", s.text)
        ),
        None,
    )
    goes_on = next(
        (s for s in paper.sentences if s is not ends and re.search(_GO_ON, s.text)), None
    )
    if ends is None or goes_on is None:
        return ()
    return remark(paper, "SURVIVAL_CONFLICT", ends, goes_on)
