"""What the law on part-time work forbids (D6, D11, D15, D17; PRACTICE, law)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper

_WEEKLY = re.compile(
    r"每周[^。；;]{0,12}(?:不少于|不得?低于|至少|最少|不得少于)\s?(?P<n>\d+)\s?个?小时"
)
_AT_MOST = r"每周[^。；;]{0,16}(?:不超过|不多于|最多|至多)"
_PAY = r"(?:报酬|工资|薪)"
_MONTHLY_PAY = (
    rf"(?:按月|每月)[^。；;]{{0,30}}(?:支付|发放)[^。；;]{{0,20}}{_PAY}"
    rf"|{_PAY}[^。；;]{{0,8}}(?:按月|每月)"
)
_MOST_HOURS = 24


def part_time(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Hours, pay day, penalties and disputes of a part-time worker."""
    if contract.contract_type != "part_time_agent":
        return ()
    checks = (_hours, _pay_cycle, _penalty, _dispute_route)
    return tuple(finding for check in checks for finding in check(paper))


def _hours(paper: Paper) -> tuple[Finding, ...]:
    """A least number of hours a week without a most; the law's most is 24."""
    for sentence in paper.main:
        found = _WEEKLY.search(sentence.text)
        if found is None or re.search(_AT_MOST, sentence.text):
            continue
        code = "PARTTIME_OVER_24H" if int(found["n"]) > _MOST_HOURS else "PARTTIME_NO_CAP"
        return remark(paper, code, sentence, hours=found["n"])
    return ()


def _pay_cycle(paper: Paper) -> tuple[Finding, ...]:
    place = next(iter(paper.saying(_MONTHLY_PAY)), None)
    return (
        remark(paper, "PARTTIME_PAY_CYCLE_GT_15D", place, clauses=("payment-1",)) if place else ()
    )


def _penalty(paper: Paper) -> tuple[Finding, ...]:
    worker = paper.roles.provider_words
    pattern = rf"要求{worker}支付违约金|{worker}[^。；;]{{0,30}}支付违约金"
    place = next(iter(paper.saying(pattern, without=rf"要求{paper.roles.client_words}支付")), None)
    return remark(paper, "PARTTIME_PENALTY_ILLEGAL", place) if place else ()


def _dispute_route(paper: Paper) -> tuple[Finding, ...]:
    """Straight to a court, or to a commercial commission: labour arbitration comes first."""
    place = next(
        iter(
            paper.saying(
                r"(?:人民法院|仲裁委员会)[^。；;]{0,12}(?:起诉|诉讼|仲裁|裁决)?",
                without=r"(?<!不得申请)劳动(?:人事)?争议仲裁",
            )
        ),
        None,
    )
    return remark(paper, "LABOR_DISPUTE_ROUTE", place, clauses=("dispute-1",)) if place else ()
