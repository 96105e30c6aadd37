"""VAGUE_STANDARD: a breach is measured by words that nobody can measure (C9, C35)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_FINE = (
    r"(?:专业|高效|优质|热情|周到|及时|妥善|一流|优良|良好|优秀|上乘|积极|认真|到位|规范|贴心"
    r"|耐心|满意)"
)
_VAGUE = (
    r"专业性|高效性|专业高效|专业、高效|优质(?:的)?服务|(?:最好|最佳|一流|良好|优良)的?(?:态度"
    r"|服务|水平)"
)
_BADLY = rf"(?:不够|不|缺乏|欠|未(?:能)?(?:做到)?)(?:够)?{_FINE}|不好|不佳|恶劣|较?差|欠佳"
_POOR = (
    rf"{_BADLY}|(?:未|没有|不能)(?:能)?达到(?:前述|上述|该|此|前款)?(?:要求|水平|标准"
    rf"|程度)?(?:的|,|，)|达不到的?"
)
_COSTS = (
    r"违约处理|视为违约|构成违约|违约责任|扣(?:减|除|款|罚)|拒付|拒绝(?:付款|支付)|解除|终止"
    r"|赔偿|违约金"
)
_LEVEL = r"(?:行业)?(?:领先|一流|先进|最高|较高|最好|优秀)(?:的)?(?:水平|水准|标准|水平线)"
_WHO = r"(?:甲方|乙方|客户|顾客|委托方|消费者|买家|店铺|用户)"
_PLEASE = (
    r"(?:让|使|令)[^。；;,，]{0,8}满意(?!度|率)"
    rf"|以{_WHO}[^。；;,，]{{0,8}}满意(?!度|率)[^。；;,，]{{0,4}}(?:为|作为)"
    rf"|(?:达到|符合|做到){_WHO}[^。；;,，]{{0,6}}满意(?!度|率)(?:的(?:程度|水平|标准|要求|效果)"
    rf"|为止)?"
    rf"|(?:达到|符合){_WHO}[^。；;,，]{{0,4}}(?:认可|认同|期望|预期)的?(?:水平|程度|效果|标准)"
    r"|主观(?:评价|判断|感受|认定)[^。；;,，]{0,4}为准"
    rf"|直至{_WHO}满意(?!度|率)|{_WHO}(?:认为)?满意为(?:准|止|标准)"
)
_PROMISED = (
    r"(?:保证|确保|做到|达到|应具有|应具备)[^。；;,，\d]{0,12}(?:专业性|高效性|(?:专业|高效"
    r"|优质)(?:的)?(?:水平|水准|程度))"
)
_MEASURED = r"\d|[一二三四五六七八九]成|百分之"


def vague_standard(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "未达到约定的专业性和高效性,视为违约", while the promise has no number."""
    del contract
    breach = next((s for s in paper.sentences if _is_breach(s.words)), None)
    if breach is None:
        places = passages(paper.main, _PLEASE) or [
            at
            for at in passages(paper.main, _PROMISED)
            if not re.search(_MEASURED, paper.text[slice(*at)])
        ]
        return remark(paper, "VAGUE_STANDARD", places[0]) if places else ()
    promise = next((s for s in paper.saying(_VAGUE) if s is not breach), None)
    sentences = [promise, breach] if promise else [breach]
    return remark(paper, "VAGUE_STANDARD", *sentences)


def _is_breach(words: str) -> bool:
    """Words that nobody can measure, with a price in the same sentence."""
    if not re.search(_COSTS, words) or re.search(_MEASURED, words):
        return False
    if re.search(rf"(?:应当?|须|必须)[^。；;,，]{{0,12}}{_FINE}[^。；;]{{0,16}}否则", words):
        return True
    if re.search(rf"达不到[^。；;,，]{{0,4}}{_FINE}|未尽(?:最大)?努力", words):
        return True
    if re.search(rf"{_VAGUE}|{_LEVEL}", words):
        return bool(re.search(rf"{_POOR}|未|不", words))
    return bool(
        re.search(rf"(?:态度|质量|水平|表现|服务|处理)[^。；;,，]{{0,6}}(?:{_BADLY})", words)
    ) and not re.search(r"限期|整改|经[^。；;,，]{0,6}(?:通知|催告)|投诉|属实|查实", words)
