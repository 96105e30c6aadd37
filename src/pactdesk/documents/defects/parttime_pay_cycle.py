"""PARTTIME_PAY_CYCLE_GT_15D: part-time work paid by the month (D11)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passage, passages, remark
from pactdesk.documents.grammar.numerals import numeral_value
from pactdesk.documents.paper import Paper

_PAY = r"(?:报酬|工资|薪|酬金|劳务费|提成)"
_LONG_CYCLE = re.compile(
    r"每(?:隔)?(?P<n>\d+|[一二两三四五六七八九十]+)\s?个?(?P<unit>[天日周月]"
    r"|星期)[^。；;,，]{0,8}(?:结|发|付|支)"
)
_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "月": 30}
MOST_DAYS = 15
_MONTHLY = (
    r"(?:一|每)个?月(?:一|1)[结发付]|月底(?:统一|一并|集中)?(?:结|发)|"
    r"每满(?:三十|30)\s?[天日]|每满一?个?月|"
    r"(?:每月|次月|下月)\s?\d{1,2}\s?[号日][^。；;,，]{0,6}(?:发|付|结|转|打|到账)|"
    rf"(?:按月|每月|逐月|月结|次月)[^。；;]{{0,30}}(?:支付|发放|结算|结清|付)[^。；;]{{0,20}}{_PAY}"
    rf"|{_PAY}[^。；;]{{0,12}}(?:按月|每月|逐月|月结|次月)"
    rf"|(?:支付|发放|结算|结清)[^。；;]{{0,8}}上(?:一?个?自?然?)?月[^。；;]{{0,6}}{_PAY}"
)


def parttime_pay_cycle(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """From the work to the pay at most fifteen days."""
    if contract.contract_type != "part_time_agent":
        return ()
    places = passages(paper.main, _MONTHLY, without=r"每月两次|半月|十五日内|15日内|每周|按周")
    places = places or [
        passage(s, found)
        for s in paper.main
        if (found := _LONG_CYCLE.search(s.text))
        and re.search(_PAY, s.text)
        and numeral_value(found["n"]) * _DAYS[found["unit"]] > MOST_DAYS
    ]
    if not places:
        return ()
    return remark(paper, "PARTTIME_PAY_CYCLE_GT_15D", places[0], clauses=("payment-1",))
