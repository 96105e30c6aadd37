"""UNSPECIFIED_CONSECUTIVE: "多次不合格", and nobody says how many."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_BAD = r"(?:不|未|低于|没有|出现|发生|违反|被|欠|差)"
_OFTEN = (
    r"(?:(?:连续|累计|接连|一连)(?:数|几|若干|多|好几)(?:次|个?月|个?季度?|个?周期|个?考核期|期|周)"
    r"|(?:连续|累计)?(?:多次|数次|屡次|屡屡|若干次|多个?(?:月|季度?|考核周期))"
    r"|反复|经常|一再|频繁|时常|长期)"
    r"(?!催|沟通|通知|提醒|协商|警告|要求|交涉|教育|劝)"
    rf"[^。；;,，]{{0,16}}{_BAD}"
    r"|连续(?:考核|评分|评估|指标|成绩)*(?:不(?!间断|得|断)|未)[^。；;,，]{0,4}(?:合格|理想"
    r"|达标|及格"
    r"|达到|通过|完成)"
)
_ENDS = r"解除|终止|解约|换人|更换|退出|违约责任|赔偿"


def unspecified_consecutive(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """The right to end the contract hangs on a number that is not there (E22)."""
    del contract
    ending = [s for s in paper.main if any(word in s.text for word in _ENDS.split("|"))]
    places = passages(ending, _OFTEN)
    return remark(paper, "UNSPECIFIED_CONSECUTIVE", places[0]) if places else ()
