"""CONF_ENDS_WITH_CONTRACT: the words let secrecy stop with the contract."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_END = r"(?:终止|期满|届满|结束|解除|到期)"
_STOPS = (
    rf"保密(?:义务|责任|期限|期)?[^。；;,，]{{0,6}}(?:于|至|随|到|自)[^。；;,，]{{0,12}}{_END}"
    r"[^。；;,，后]{0,8}(?:解除|终止|即止|为止|消灭|免除|止)"
    rf"|保密[^。；;]{{0,16}}{_END}(?:即止|后(?:即)?(?:解除|免除|终止|不再))"
    rf"|{_END}后[^。；;]{{0,12}}(?:不再|无[须需]|无需再)[^。；;,，]{{0,8}}保密"
)


def confidentiality_ends(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "保密义务于合同终止时自动解除"."""
    del contract
    places = passages(
        paper.main, _STOPS, without=(r"后[^。；;]{0,6}[\d一二两三四五六十]+\s?(?:年|个月)|继续")
    )
    if not places:
        return ()
    return remark(paper, "CONF_ENDS_WITH_CONTRACT", places[0], clauses=("confidentiality-1",))
