"""RENEWAL_CONFLICT: the contract renews itself, and it only does so by a new agreement (B16)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_BY_ITSELF = (
    r"(?<!不)(?<!不会)(?<!不得)(?<!不再)自[动行](?:续|延|顺延|展|顺)|视为(?:自动)?(?:续|延|顺)"
    r"|(?:则|即)(?:顺延|续期|延续)"
)
_ITS_END = r"(?:到期|期满|届满|终期|满期|合同期结束)"
_RENEW = r"(?:续(?:约|签|期|展|订)|继续合作|延长|延续|展期|再合作)"
_BY_AGREEMENT = (
    rf"{_RENEW}[^。；;]{{0,24}}(?:(?:另行|重新|另)[^。；;,，]{{0,6}}(?:签|订|协商)|(?:应|须|需"
    rf"|应当)[^。；;,，]{{0,10}}书面)"
    rf"|(?:另行|重新)签[订署][^。；;,，]{{0,8}}续|{_RENEW}[^。；;,，]{{0,6}}(?:须|需|应|应当"
    rf"|由双方|经双方)[^。；;,，]{{0,10}}(?:协商|协议|签)"
    rf"|{_ITS_END}[^。；;,，]{{0,4}}(?:即|自行|自动|自然)(?:终止|失效|解除|结束)"
    rf"|不(?:会|得|再)?自动(?:续|延|顺)|{_ITS_END}[^。；;]{{0,10}}(?:须|需"
    rf"|应)[^。；;,，]{{0,4}}(?:重新|另行)签"
)
_NOT = r"价格|单价|费率|收费标准|顺延至|节假日|未[^。；;]{0,12}书面[^。；;]{0,20}自动|如不"


def renewal_conflict(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Both readings stand side by side."""
    del contract
    itself = passages(paper.main, _BY_ITSELF, without=r"节假日|休息日|工期|时限")
    agreed = [
        at
        for at in passages(paper.main, _BY_AGREEMENT, without=_NOT)
        if all(at[0] != other[0] for other in itself)
    ]
    if not itself or not agreed:
        return ()
    return remark(paper, "RENEWAL_CONFLICT", agreed[0], itself[0], clauses=("period-1",))
