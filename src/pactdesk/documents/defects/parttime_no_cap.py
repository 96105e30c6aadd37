"""PARTTIME_NO_CAP: a least number of hours a week, and no most (D6)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.parttime_over_24h import MOST_A_WEEK
from pactdesk.documents.defects.remark import passage, remark
from pactdesk.documents.grammar.numerals import numeral_value
from pactdesk.documents.paper import Paper

_LEAST = re.compile(
    r"每周[^。；;]{0,12}(?:不少于|不得?低于|至少|最少"
    r"|不得少于)[^。；;,，\d一二三四五六七八九十]{0,4}"
    r"(?P<n>\d+|[一二三四五六七八九十]+)\s?个?小时"
)
_MOST = (
    r"(?:每周|周工时|每周累计)[^。；;]{0,24}(?:不超过|不高于|不多于|最多|至多|不得超过"
    r"|(?<!不设)(?<!无)(?<!没有)上限)"
)


def parttime_no_cap(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """20 hours at least, and at most who knows; the law's most is 24."""
    if contract.contract_type != "part_time_agent" or next(iter(paper.saying(_MOST)), None):
        return ()
    for sentence in paper.main:
        found = _LEAST.search(sentence.text)
        if found and numeral_value(found["n"]) <= MOST_A_WEEK:
            return remark(paper, "PARTTIME_NO_CAP", passage(sentence, found), hours=found["n"])
    return ()
