"""UNSPECIFIED_CONSECUTIVE: "多次不合格", and nobody says how many."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_OFTEN = (
    r"(?:(?:连续|累计)(?:数|几|若干)(?:次|个?月|个?季度?|期|周)"
    r"|(?:连续|累计)?(?:多次|数次|屡次|若干次|多个?(?:月|季度?|考核周期)))"
    r"[^。；;,，]{0,16}(?:不|未|低于|没有)"
)
_ENDS = r"解除|终止|解约|换人|违约责任|赔偿"


def unspecified_consecutive(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """The right to end the contract hangs on a number that is not there (E22)."""
    del contract
    ending = [s for s in paper.main if any(word in s.text for word in _ENDS.split("|"))]
    places = passages(ending, _OFTEN)
    return remark(paper, "UNSPECIFIED_CONSECUTIVE", places[0]) if places else ()
