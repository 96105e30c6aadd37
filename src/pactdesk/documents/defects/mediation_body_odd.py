"""MEDIATION_BODY_ODD: a court is to mediate before anybody has sued (E36)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_ODD = (
    r"(?:人民法院|法院)(?:申请|主持|进行|组织|居中|先行|予以|出面|帮助|负责)?(?:的)?(?:进行)?调解"
    r"|(?:由|向|请|经)[^。；;,，]{0,16}仲裁(?:委员会|机构|院)[^。；;,，]{0,4}调解"
    r"|(?:由|向|请|经)[^。；;,，]{0,12}(?:公安|派出所|税务|法庭|检察院)[^。；;,，]{0,6}调解"
)


def mediation_body_odd(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """A court mediates in a case, not instead of one; a commission mediates what it arbitrates."""
    del contract
    places = passages(paper.main, _ODD)
    return remark(paper, "MEDIATION_BODY_ODD", places[0], clauses=("dispute-1",)) if places else ()
