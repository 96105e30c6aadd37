"""PENALTY_BASE_TOTAL: lateness costs a share of the whole contract, not of what is late (C21)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passage, remark
from pactdesk.documents.paper import Paper

_BASE = (
    r"(?:合同|协议|服务费|项目)(?:总)?(?:金额|价款|总额|总价款?|总金额|总费用|总价)(?:的"
    r"|×)?[^。；;,，]{0,3}(?=\d|_{2,}|百分之|千分之|万分之|[一二三四五]成)"
)
_LATE = (
    r"未(?:能)?在[^。；;,，]{0,12}(?:前|内)|"
    r"逾期|迟延|延迟|延误|拖延|延期|迟交|晚[^。；;,，]{0,2}(?:交|付|到)"
    r"|未(?:能)?(?:按|如)(?:照)?[^。；;,，]{0,8}(?:期|时|完成|开通|上线|派|提交|交付|支付|到岗|付)"
    r"|(?:任何|某)?一项[^。；;]{0,8}(?:不|未)|(?:不|未)(?:达标|合格)|未完成"
)
_DAILY = r"每(?:逾期|迟延|延迟|拖延|超期|晚)?[一1]?[日天]|按[日天]|逐日|日万分|日千分"
_WHOLE = r"上限|不超过|为限|累计|最高|解除|终止|解约|中途|不再履行|根本违约"


def penalty_base_total(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """One day late costs as much as a year."""
    del contract
    for sentence in paper.saying(r"违约金|滞纳金|罚金|赔偿金", without=rf"{_DAILY}|{_WHOLE}"):
        base = re.search(_BASE, sentence.text)
        if base and re.search(_LATE, sentence.text):
            return remark(paper, "PENALTY_BASE_TOTAL", passage(sentence, base))
    return ()
