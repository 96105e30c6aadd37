"""CONF_ENDS_WITH_CONTRACT: the words let secrecy stop with the contract."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.confidentiality_conflict import confidentiality_conflict
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_END = r"(?:终止|期满|届满|结束|解除|到期|终结|离职|完毕)"
_GONE = r"(?:解除|终止|即止|为止|消灭|免除|失效|消失|结束|终结|自动解除|不复存在)"
_DUTY = r"保密(?:义务|责任|期限|条款|约定|期)?"
_TIED = r"(?:合同|协议|合作|服务|用工|聘用|劳务)(?:的)?(?:有效|存续|履行)?(?:期限|期间|期)"
_STOPS = (
    rf"{_DUTY}[^。；;,，]{{0,6}}(?:于|至|随|到|自|以)[^。；;,，]{{0,14}}{_END}"
    r"[^。；;,，后]{0,8}(?:解除|终止|即止|为止|消灭|免除|失效|止)"
    rf"|保密[^。；;]{{0,16}}{_END}(?:即止|后(?:即)?(?:解除|免除|终止|不再|失效))"
    rf"|{_END}(?:之?[后日时起]|的)?[^。；;]{{0,20}}(?:不再|无[须需]|无需再|不必|不负)"
    r"[^。；;,，]{0,8}保密"
    rf"|{_END}(?:之?[后日时起]|的)?[^。；;后]{{0,6}}[,，]?{_DUTY}[^。；;,，]{{0,6}}"
    rf"(?:随之|即|自动|同时|一并|亦|也)[^。；;,，]{{0,4}}{_GONE}"
    rf"|保密[^。；;,，]{{0,10}}(?:与|同)[^。；;,，]{{0,4}}{_TIED}(?:相同|一致|同|等同)"
    rf"|{_DUTY}[^。；;,，]{{0,4}}在{_TIED}(?:间|之?内)+有效"
    rf"|保密[^。；;]{{0,24}}{_END}之?时(?:即)?{_GONE}"
    rf"|(?:仅|只)[^。；;,，]{{0,6}}{_TIED}(?:间|之?内)*[^。；;,，]{{0,4}}保密"
    rf"|保密[^。；;,，]{{0,10}}至[^。；;,，]{{0,10}}{_END}(?:之?日|之?时)?(?=[。；;,，]|\Z)"
    rf"|{_DUTY}[^。；;,，]{{0,6}}(?:仅|只|限于?)[^。；;,，]{{0,4}}{_TIED}(?:间"
    rf"|之?内)?[^。；;,，]{{0,6}}"
    r"(?:有效|适用|存在|承担|履行)"
)


def confidentiality_ends(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "保密义务于合同终止时自动解除"."""
    places = passages(
        paper.main,
        _STOPS,
        without=(r"(?:后|起)[^。；;]{0,8}[\d一二两三四五六十半]+\s?(?:年|个月)|继续|不因|不随|仍"),
    )
    if not places or confidentiality_conflict(paper, contract):
        return ()
    return remark(paper, "CONF_ENDS_WITH_CONTRACT", places[0], clauses=("confidentiality-1",))
