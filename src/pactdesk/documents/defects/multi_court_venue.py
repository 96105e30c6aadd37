"""MULTI_COURT_VENUE: two places for one court (A65)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper

_PLACE = r"(?:签[订署约]地|履行地|所在地|住所地|发生地|[甲乙]方|原告|被告)"
_COURT = r"(?:基层|中级)?(?:人民)?法院"
_EITHER = (
    rf"{_PLACE}(?:或者?|、|/|及|和|与)[^,，。；;]{{2,16}}(?:地|市|区"
    rf"|县)的?[^,，。；;]{{0,6}}{_COURT}"
    rf"|(?:各自|任[何意一]一?方|双方)(?:的)?(?:住所|所在|注册)地的?[^,，。；;]{{0,8}}{_COURT}"
    rf"|{_COURT}\s?(?:或者?|、|/)\s?[^,，。；;]{{2,16}}(?:地|市|区|县)的?[^,，。；;]{{0,6}}{_COURT}"
    rf"|{_COURT}[^。；;]{{0,4}}[,，]?(?:也|亦)可(?:以)?[^。；;,，]{{0,4}}(?:向"
    rf"|由)[^。；;,，]{{2,16}}"
    rf"(?:地|市|区|县)的?[^,，。；;]{{0,6}}{_COURT}"
)


def multi_court_venue(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "向合同签订地或争议发生地的人民法院": each side will name the other."""
    del contract
    places = list(paper.saying(_EITHER))
    return remark(paper, "MULTI_COURT_VENUE", *places[:3], clauses=("dispute-1",)) if places else ()
