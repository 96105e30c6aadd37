"""UNILATERAL_METRICS: one side alone sets what the other is judged by (E17)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.consent import needs_consent
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_SET = r"(?:增设|删减|取消|变动|下达|设定|设立|制定|调整|修改|变更|确定|增减|增加|提高|更改|设置)"
_WHAT = (
    r"(?:服务)?(?:指标|考核(?:标准|办法|细则|规则|项目|方案)?|质量标准|服务标准|目标值?|分值|权重"
    r"|KPI|评分(?:标准|规则)|扣款(?:标准|规则))"
)
_ASKED = r"(?<!无需)(?<!无须)(?<!不必)(?<!不需)(?<!毋须)(?<!未)(?<!不)"
_AGREED = (
    rf"{_ASKED}(?:经|征得|取得|获得)[^。；;,，]{{0,8}}(?:同意|确认|认可)"
    rf"|(?<!不)(?<!无需)(?<!无须)协商"
    r"|双方(?:书面)?(?:确认|同意|共同|另行|商定|签)|共同|书面同意"
    r"|下一(?:个)?(?:考核)?(?:周期|期|月|季)|提前\S{0,8}书面"
)
_ALONE = r"(?:单方|自行|随时|单独|独立|自主|任意|无须|无需|不经|即时生效|立即生效|即行|最新|无条件)"


def unilateral_metrics(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "甲方可随时单方调整考核指标", with no word of agreement, notice or next period."""
    del contract
    client = paper.roles.client_words
    may = rf"{client}[^。；;,，]{{0,10}}(?:有权|可以?|得|保留)"
    pattern = (
        rf"{may}[^。；;]{{0,30}}{_SET}[^。；;,，]{{0,12}}{_WHAT}"
        rf"|{may}[^。；;,，]{{0,12}}(?:对|将)[^。；;,，]{{0,10}}{_WHAT}[^。；;,，]{{0,10}}{_SET}"
        rf"|{_WHAT}[^。；;,，]{{0,10}}由{client}[^。；;,，]{{0,4}}(?:{_ALONE}|决定|定夺|说了算)"
        rf"|{_WHAT}[^。；;,，]{{0,10}}由{client}[^。；;]{{0,24}}{_ALONE}[^。；;,，]{{0,6}}(?:{_SET}"
        rf"|更新|执行|适用|有效)"
        rf"|{_WHAT}[^。；;]{{0,10}}以{client}[^。；;,，]{{0,12}}(?:最新|发布|公布|通知|解释"
        rf"|决定)[^。；;,，]{{0,6}}为准"
        rf"|{_WHAT}[^。；;]{{0,16}}(?:解释权|修改权|制定权|调整权|决定权)[^。；;,，]{{0,4}}(?:归"
        rf"|属于?){client}"
        rf"|{client}[^。；;,，]{{0,4}}(?:对|就)[^。；;,，]{{0,8}}{_WHAT}[^。；;,，]{{0,10}}(?:解释权"
        rf"|修改权|调整权|决定权)"
    )
    alone = [s for s in paper.main if not needs_consent(s.text, _AGREED)]
    places = passages(alone, pattern)
    return remark(paper, "UNILATERAL_METRICS", places[0]) if places else ()
