"""PARTTIME_PROBATION: a time of trial for part-time work."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_TRIAL = (
    r"试用(?!品|装|账号|版)(?=期|[^。；;,，]{0,4}(?:\d|[一二两三四五六七]|合格|通过))|试工期?"
    r"|试做|试岗期?|试上岗|实习考察期|考察期|实习期|见习期"
    r"|适应期[^。；;]{0,16}(?:减半|不计|折|不合格|\d+%)"
)


def parttime_probation(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "前一个月为试用期": the law knows none for part-time work."""
    if contract.contract_type != "part_time_agent":
        return ()
    without = (
        r"(?:不|无|没有|不得)(?:另?设|约定|设定|设置|实行|需)?[^。；;,，]{0,2}(?:试用|试岗"
        r"|试工|考察)"
    )
    places = passages(paper.main, _TRIAL, without=without)
    return remark(paper, "PARTTIME_PROBATION", places[0]) if places else ()
