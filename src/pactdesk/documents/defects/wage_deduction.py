"""WAGE_DEDUCTION_GT_20PCT: more than a fifth of a worker's month is taken."""

from __future__ import annotations

import re
from decimal import Decimal

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passage, remark
from pactdesk.documents.grammar.rates import rates_in
from pactdesk.documents.paper import Paper

_PAY = r"(?:工资|报酬|薪酬|薪资|薪水|月薪|劳务费|酬金|提成)"
_SOME = re.compile(rf"(?:扣|罚)[^。；;]{{0,24}}{_PAY}|{_PAY}[^。；;]{{0,20}}(?:扣|罚)")
_ALL = re.compile(
    rf"{_PAY}(?:将)?(?:全部|全额|悉数)(?:予以)?(?:扣|罚)|(?:从"
    rf"|在)[^。；;,，]{{0,6}}{_PAY}中(?:全额|全部)扣|"
    rf"(?:扣|罚)(?:除|发|罚|减)?[^。；;,，\d]{{0,8}}(?:半|一|两"
    rf"|[1-9])个?月(?:的)?[^。；;,，]{{0,4}}{_PAY}|(?:扣|罚没?)(?:除|发|留|罚"
    rf"|减)?[^。；;,，]{{0,6}}(?:全部|全额|所有"
    rf"|整月)[^。；;,，]{{0,6}}{_PAY}"
    rf"|{_PAY}(?:全部|全额|一律|均)?(?:不予|不再|不)(?:发放?|支付|结算|结付)"
    rf"|(?:不予|不再|拒绝)(?:发放?|支付|结算|结付)[^。；;,，]{{0,8}}(?:当月|全部|剩余"
    rf"|未结|所有|已产生)[^。；;,，]{{0,6}}{_PAY}"
)
_NOT = r"不得|不超过|不高于|至多|最多|上限|以内"
MOST = Decimal("0.20")


def wage_deduction(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Damage may cost at most 20 % of the month, and never what the least wage leaves."""
    if contract.contract_type != "part_time_agent":
        return ()
    for sentence in paper.main:
        found = _ALL.search(sentence.text)
        share = "100%"
        if found is None:
            found = _SOME.search(sentence.text)
            rate = max((f.value for f in rates_in(sentence.text)), default=Decimal(0))
            share = f"{(rate * 100).normalize():f}%"
            if found is None or rate <= MOST:
                continue
        elif re.search(_NOT, sentence.text):
            continue
        return remark(paper, "WAGE_DEDUCTION_GT_20PCT", passage(sentence, found), share=share)
    return ()
