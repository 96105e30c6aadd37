"""PENALTY_UNDETERMINED: a penalty whose amount or base is not there (A60, A67, D15)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.fields import amount_field, share_field
from pactdesk.documents.paper import Paper, Sentence

_MANNER = r"违约金的?(?:计算)?(?:方式|标准|方法)为"
_COST = r"(?:违约金|滞纳金|罚金)"
_OWED = rf"(?:支付|赔付|给付|缴纳|偿付|赔偿|承担|付(?!款))(?:逾期)?(?:[^。；;,，]{{0,8}}){_COST}"
_LATER = (
    rf"{_COST}(?:的)?(?:具体)?(?:数额|金额|标准|比例|额度|多少)?[^。；;\d]{{0,16}}(?:另行|另定"
    rf"|届时|商定|协商|另议|视情"
    r"|由(?:[甲乙双]方|客户|服务商|委托方|受托方)[^。；;,，]{0,10}(?:确定|决定|酌情|定))"
)
_SUM_OF = (
    r"(?:一|两|二|三|半|\d+)个?(?:月|季度?|年|日|天|周|倍)(?:的)?[^。；;,，]{0,8}(?:报酬|工资"
    r"|费|薪|价款)"
    r"|(?:等额|同等金额|全部|当月|剩余|未履行)[^。；;,，]{0,8}(?:费|报酬|价款|工资"
    r"|薪)[^。；;,，]{0,6}(?:作为|的)"
    r"|差额|实际损失|相当于"
)
_STATED = (
    rf"{_COST}(?:的)?(?:数额|金额|标准)?(?:为|按|是|以|=|:|：)|(?:前款|上述|本条"
    rf"|第[^。；;]{{1,8}}条)[^。；;]{{0,10}}{_COST}"
)
_BASE = r"金额|总额|费用的|未付|应付|欠款|每日|按日|每逾期"


def penalty_undetermined(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "违约金的计算方式为:____", "支付____%的违约金" of what, or no number at all."""
    del contract
    main = paper.main
    places = [
        s
        for number, s in enumerate(main)
        if _open(paper, s) and not _told_beside(paper, main[max(0, number - 1) : number + 3], s)
    ]
    if not places:
        return ()
    return remark(paper, "PENALTY_UNDETERMINED", *places[:6], printed=places[0].text)


def _open(paper: Paper, sentence: Sentence) -> bool:
    text = sentence.text
    gaps = paper.gaps_between(sentence.start, sentence.end)
    if re.search(_MANNER, text):
        return any(gap.value.example is None for gap in gaps)
    if re.search(
        r"指|条款|违约金(?:之)?后|不免除|不足以|后\S{0,4}个工作日内|不(?:[用必需须再得应]|会)?(?:向[^。；;,，]{1,6})?(?:承担|支付|收取|付)"
        r"|无[需须]|按(?:照)?[^。；;,，]{0,14}(?:附件|附表|[\d.]+[款条项]|SOW|工作说明书|所列|所载)",
        text,
    ):
        return False
    if re.search(_LATER, text) and not re.search(r"\d|[百千万]分之", text):
        return True
    if not re.search(_OWED, text) or re.search(rf"{_SUM_OF}|{_STATED}", text):
        return False
    if re.search(r"支付\s?_{2,}\s?%?\s?的?违约金", text):
        return not re.search(_BASE, text.split("违约金")[0].split("支付")[-1])
    valued = share_field(paper, sentence.start, sentence.end) or amount_field(
        paper, sentence.start, sentence.end
    )
    return valued is None and not gaps and not re.search(r"\d\s?倍|[一二两三]倍", text)


def _told_beside(paper: Paper, near: Sequence[Sentence], sentence: Sentence) -> bool:
    """The next sentence gives the figure: "违约金为当月服务费的10%"."""
    return not re.search(_LATER, sentence.text) and any(
        re.search(rf"{_COST}[^。；;]{{0,10}}(?:为|按|是|以|的?计算)", s.text)
        and (share_field(paper, s.start, s.end) or amount_field(paper, s.start, s.end))
        for s in near
        if s is not sentence
    )
