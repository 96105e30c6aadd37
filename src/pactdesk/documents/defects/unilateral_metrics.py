"""UNILATERAL_METRICS: one side alone sets what the other is judged by (E17)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_SET = r"(?:设定|设立|制定|调整|修改|变更|确定|增减|增加|提高|更改|设置)"
_WHAT = (
    r"(?:服务)?(?:指标|考核(?:标准|办法|细则|规则|项目|方案)?|质量标准|服务标准|目标值?"
    r"|KPI|评分(?:标准|规则)|扣款(?:标准|规则))"
)
_AGREED = (
    r"协商|双方|书面同意|同意后|确认后|经乙方|经甲方|共同|下一(?:个)?(?:考核)?(?:周期|期"
    r"|月)|提前\S{0,8}书面"
)


def unilateral_metrics(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "甲方可随时单方调整考核指标", with no word of agreement, notice or next period."""
    del contract
    client = paper.roles.client_words
    may = rf"{client}[^。；;,，]{{0,6}}(?:有权|可以?|得)"
    pattern = (
        rf"{may}[^。；;]{{0,30}}{_SET}[^。；;,，]{{0,12}}{_WHAT}"
        rf"|{may}[^。；;,，]{{0,12}}(?:对|将)[^。；;,，]{{0,10}}{_WHAT}[^。；;,，]{{0,10}}{_SET}"
        rf"|{_WHAT}[^。；;,，]{{0,8}}由{client}(?:单方|自行|随时|单独)"
    )
    places = passages(paper.main, pattern, without=_AGREED)
    return remark(paper, "UNILATERAL_METRICS", places[0]) if places else ()
