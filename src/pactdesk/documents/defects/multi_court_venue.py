"""MULTI_COURT_VENUE: two places for one court (A65)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper, Sentence

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


_TO = re.compile(
    r"(?:向|由|至|提交|交)(?P<where>[^。；;,，]{0,24}?)(?:有管辖权的?)?(?:人民法院|法院)"
    r"(?!申请|主持|进行|调解)"
)
_SIDE = re.compile(r"[甲乙]方|委托方|受托方|发包方|承包方|客户|服务提供商|服务商|原告|被告")
_NAMED = re.compile(r"签[订署约]地|履行地|[一-鿿]{2,6}[市区县]")


def multi_court_venue(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "向合同签订地或争议发生地的人民法院": each side will name the other."""
    del contract
    places = list(paper.saying(_EITHER))
    if not places:
        places = _two_courts(paper)
    return remark(paper, "MULTI_COURT_VENUE", *places[:3], clauses=("dispute-1",)) if places else ()


def _two_courts(paper: Paper) -> list[Sentence]:
    """One court in one clause, another one in another clause or in an annex."""
    told = [(where, s) for s in paper.sentences if (where := _court(s))]
    other = next((s for where, s in told if where != told[0][0]), None)
    return [told[0][1], other] if other else []


def _court(sentence: Sentence) -> str | None:
    """甲方, 签订地, 宁波市: what tells the court of one sentence from that of another."""
    found = _TO.search(sentence.text)
    if found is None or re.search(r"费用由|判决书|裁定书|裁决|仲裁|保全|执行", sentence.text):
        return None
    named = _SIDE.search(found["where"]) or _NAMED.search(found["where"])
    return named[0] if named and not re.search(r"或|、|及", found["where"]) else None
