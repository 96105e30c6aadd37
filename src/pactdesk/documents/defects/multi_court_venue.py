"""MULTI_COURT_VENUE: two places for one court (A65)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper

_EITHER = (
    r"(?:签订地|履行地|所在地|住所地|发生地)(?:或者?|、)"
    r"[^,，。；;]{2,10}(?:地|市|区)的?[^,，。；;]{0,6}人民法院"
)


def multi_court_venue(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "向合同签订地或争议发生地的人民法院": each side will name the other."""
    del contract
    places = list(paper.saying(_EITHER))
    return remark(paper, "MULTI_COURT_VENUE", *places[:3], clauses=("dispute-1",)) if places else ()
