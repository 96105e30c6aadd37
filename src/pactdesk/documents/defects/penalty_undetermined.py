"""PENALTY_UNDETERMINED: a penalty whose amount or base is not there (A60, A67, D15)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.fields import amount_field, share_field
from pactdesk.documents.paper import Paper, Sentence

_MANNER = r"违约金的?(?:计算)?(?:方式|标准|方法)为"
_OWED = r"(?:支付|要求[^。；;]{0,6}支付|承担)(?:逾期)?(?:[^。；;,，]{0,8})违约金"
_BASE = r"金额|总额|费用的|未付|应付|欠款|每日|按日|每逾期"


def penalty_undetermined(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "违约金的计算方式为:____", "支付____%的违约金" of what, or no number at all."""
    del contract
    places = [s for s in paper.main if _open(paper, s)]
    if not places:
        return ()
    return remark(paper, "PENALTY_UNDETERMINED", *places[:6], printed=places[0].text)


def _open(paper: Paper, sentence: Sentence) -> bool:
    text = sentence.text
    gaps = paper.gaps_between(sentence.start, sentence.end)
    if re.search(_MANNER, text):
        return any(gap.value.example is None for gap in gaps)
    if re.search(
        r"指|条款|后\S{0,4}个工作日内|不(?:承担|支付|收取)|无[需须]", text
    ) or not re.search(_OWED, text):
        return False
    if re.search(r"支付\s?_{2,}\s?%?\s?的?违约金", text):
        return not re.search(_BASE, text.split("违约金")[0].split("支付")[-1])
    valued = share_field(paper, sentence.start, sentence.end) or amount_field(
        paper, sentence.start, sentence.end
    )
    return valued is None and not gaps and not re.search(r"\d\s?倍|[一二两三]倍", text)
