"""TERMINATION_EMPTY: the grounds for ending refer to themselves (E41)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_OF = r"(?:本|该)?(?:合同|协议)?的?(?:所|有关|相关)?的?(?:约定|规定|载明|列明|明确)"
_ENDS = r"(?:终止|解除|解约)"
_WHAT = r"(?:条件|情形|事由|情况|理由|要件)"
_CIRCULAR = (
    rf"{_ENDS}的?{_WHAT}[^。；;]{{0,8}}(?:按照?|依照?|依据|根据|以|见|适用)\s?(?:双方)?{_OF}"
    rf"|{_OF}的?(?:提前)?{_ENDS}的?{_WHAT}[^。；;]{{0,30}}{_ENDS}"
    rf"|{_OF}的{_WHAT}[^。；;,，]{{0,10}}{_ENDS}(?:本)?(?:合同|协议|合作)"
    rf"|{_ENDS}[^。；;]{{0,16}}(?:按照?|依照?|依据|根据)\s?(?:双方)?{_OF}的?{_ENDS}的?{_WHAT}"
)
_AS_AGREED = (
    rf"(?:可以?|有权|得)?(?:按照?|依照?|依据|根据)\s?(?:双方)?{_OF}[^。；;,，\d]{{0,4}}{_ENDS}"
    rf"(?:本)?(?:合同|协议)?(?=[。；;,，]|\Z)"
    rf"|(?:合同|协议)的?(?:提前)?{_ENDS}[,，]?(?:按照?|依照?|依据|根据)(?:双方)?{_OF}"
)
_TELLING = (
    r"第[\d一二三四五六七八九十]+[条款项章]|\d\.\d+[条款项]|下列|以下|如下|之一|前款|上述"
    r"|(?:连续|累计)[^。；;]{0,4}[\d两三]"
)
_GROUND = (
    rf"(?:有权|可以?|得)[^。；;]{{0,16}}{_ENDS}|(?:下列|以下)[^。；;]{{0,12}}{_ENDS}"
    rf"|提前[^。；;]{{0,12}}{_ENDS}"
)
_MANY = r"多次|屡次|数次|若干"


def termination_empty(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "合同终止的条件按照合同约定执行"; milder words count where no other ground stands."""
    del contract
    circular = passages(paper.main, _CIRCULAR, without=_TELLING)
    if not circular and not _has_ground(paper):
        circular = passages(paper.main, _AS_AGREED, without=_TELLING)
    if not circular:
        return ()
    return remark(paper, "TERMINATION_EMPTY", circular[0], clauses=("termination-1",))


def _has_ground(paper: Paper) -> bool:
    """Some clause says when the contract may be ended."""
    return any(
        re.search(_GROUND, s.text)
        and not re.search(_AS_AGREED, s.text)
        and not re.search(_MANY, s.text)
        for s in paper.main
    )
