"""SME_PAYMENT_GT_60D: more than sixty days until a small provider is paid."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.durations import TimeUnit
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passage, remark
from pactdesk.documents.grammar.durations import lengths_in
from pactdesk.documents.paper import Paper

_PAY = re.compile(r"支付|付款|付清|结清|付讫|账期|结算|打款")
_NOT = (
    r"违约金|逾期|拖欠|超过[^。；;]{0,10}(?:未付|不付|解除|中止|暂停)|保证金|押金|尾款"
    r"|质保|提前|解除|终止|报酬|剩余|其余|余下|余款|稳定运行|验收[^。；;,，]{0,8}满"
)
_DAYS = {TimeUnit.DAY: 1.0, TimeUnit.WORKING_DAY: 7 / 5, TimeUnit.MONTH: 30.4, TimeUnit.YEAR: 365}
_WITHIN = re.compile(r"\s?(?:内|之内|以内|后|的?账期|届满)")
_PERIOD = r"账期|(?:付款|支付|结算)(?:期限|期|时限)"
MOST_DAYS = 62  # two long months are two months; the law's sixty days and nobody's quarrel


def late_payment_term(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "收到发票后90日内支付", "账期为三个月"."""
    if contract.contract_type == "part_time_agent":
        return ()
    for sentence in paper.main:
        if not _PAY.search(sentence.text) or re.search(_NOT, sentence.text):
            continue
        for found in lengths_in(sentence.text):
            days = found.value.n * _DAYS.get(found.value.unit, 0)
            before = sentence.text[max(0, found.start - 8) : found.start]
            straight = re.search(r"(?:后|起)\s?\Z", before) and _PAY.match(sentence.text, found.end)
            within = _WITHIN.match(sentence.text, found.end)
            term = straight or within or re.search(_PERIOD, sentence.text)
            if found.value.unit is TimeUnit.YEAR and before.endswith("满"):
                continue
            near = _PAY.search(sentence.text[max(0, found.start - 12) : found.end + 24])
            if term and near and days > MOST_DAYS:
                match = re.compile(re.escape(sentence.text[found.start : found.end])).search(
                    sentence.text, found.start
                )
                place = passage(sentence, match) if match else (sentence.start, sentence.end)
                return remark(
                    paper,
                    "SME_PAYMENT_GT_60D",
                    place,
                    clauses=("payment-1",),
                    days=str(round(days)),
                )
    return ()
