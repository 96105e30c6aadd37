"""DISPUTE_CONFLICT: two places of the paper settle the same dispute differently (D34)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.ladder import AFTER_AWARD
from pactdesk.documents.paper import Paper, Sentence

_COURT = (
    r"(?:向|由|至|提交|交)(?P<where>[^。；;,，]{0,24}?)(?:有管辖权的?)?(?:人民法院|法院)"
    r"(?!申请调解|主持调解|进行调解)"
)
_AWARD = (
    r"(?:提交|提请|交由|向|由|选择)[^。；;,，]{0,30}仲裁(?:委员会|机构|院|中心)"
    r"|仲裁解决|申请仲裁"
)
_BOTH = (
    r"(?:仲裁[^。；;]{0,30}(?:或者?|也可)[^。；;]{0,30}(?:法院|诉讼)|(?:法院"
    r"|诉讼)[^。；;]{0,30}(?:或者?|也可)[^。；;]{0,30}仲裁)"
)


def dispute_conflict(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """A court in one clause, and arbitration in another."""
    courts = _telling(paper, _COURT)
    awards = [s for s in _telling(paper, _AWARD) if "劳动" not in s.text]
    pairs = [
        (one, other)
        for one in courts
        for other in awards
        if one is not other and _apart(one, other) and not re.search(AFTER_AWARD, one.text)
    ]
    if not pairs:
        return ()
    one, other = sorted(pairs[0], key=lambda s: s.start)
    places = passages([one, other], rf"{_COURT}|{_AWARD}")
    del contract
    return remark(paper, "DISPUTE_CONFLICT", *places, clauses=("dispute-1",))


def _telling(paper: Paper, pattern: str) -> list[Sentence]:
    return [
        s
        for s in paper.sentences
        if re.search(pattern, s.text) and not re.search(rf"{_BOTH}|费用由|判决书|裁定书", s.text)
    ]


def _apart(one: Sentence, other: Sentence) -> bool:
    """Not rungs of one ladder: those stand in one clause, or under one heading."""
    numbers = [
        s.clause.number.partition(".")[0].split("/")[0] if s.clause else "" for s in (one, other)
    ]
    return numbers[0] != numbers[1]
