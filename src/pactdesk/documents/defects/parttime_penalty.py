"""PARTTIME_PENALTY_ILLEGAL: a worker is to pay a penalty (D15)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_COST = r"(?:违约金|滞纳金|罚金|罚款|赔偿金)"
_PAYS = r"(?:支付|给付|承担|缴纳|赔付|偿付)"
_TAKEN = rf"(?:扣|报酬|工资|薪)[^。；;]{{0,16}}(?:作为|抵作|充作|作){_COST}"
_LEAVES = (
    r"(?:离职|退出|辞职|辞工|离开|中途|不辞|擅离|解除|(?:不|没|未)(?:干|做)?满[^。；;,，]{0,8}[月天周]|就走|跑路|不干)[^。；;]{0,40}?"
    r"(?:赔(?!钱)|支付|给付|缴纳|交|扣)[^。；;,，]{0,8}(?:甲方|店铺|公司|商家)?[^。；;,，]{0,6}"
    r"(?:\d+(?:\.\d+)?\s?元|[一二两三四五六七八九十百千]+元|违约金"
    r"|一个月[^。；;,，]{0,4}(?:报酬|工资|薪))"
)
_EXCUSED = r"不(?:用|必|需|须|要)?赔|经济补偿|不承担|不支付|无需|无须|免除|竞业限制|服务期|不得约定"


def parttime_penalty(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Only for a training bond or a duty not to compete may the law's worker owe one."""
    if contract.contract_type != "part_time_agent":
        return ()
    worker, firm = paper.roles.provider_words, paper.roles.client_words
    owes = rf"{worker}[^。；;,，]{{0,6}}(?:赔|付|交)[^。；;]{{0,16}}{_COST}"
    # The penalty stands nearest its debtor: "甲方可解除,并要求乙方支付违约金".
    pattern = (
        rf"要求{worker}[^。；;]{{0,8}}{_PAYS}[^。；;,，]{{0,10}}{_COST}"
        rf"|{worker}(?:(?!要求{firm})[^。；;]){{0,40}}{_PAYS}[^。；;,，]{{0,12}}{_COST}"
    )
    excused = rf"{firm}(?:擅自|无故|提前|违法)?(?:解除|辞退|终止)|要求{firm}支付|{_EXCUSED}"
    places = passages(paper.main, rf"{owes}|{pattern}|{_TAKEN}|{_LEAVES}", without=excused)
    return remark(paper, "PARTTIME_PENALTY_ILLEGAL", places[0]) if places else ()
