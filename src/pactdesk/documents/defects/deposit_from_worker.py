"""DEPOSIT_FROM_WORKER: a worker pays or leaves money before the work."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_DEPOSIT = (
    r"(?:缴纳|交纳|缴付|缴|交付|支付|收取|预扣|扣留|暂扣|押|交)[^。；;,，]{0,16}"
    r"(?:押金|保证金|风险金|抵押金|培训费|服装费|定金|押薪)"
    r"|作为?(?:押金|保证金)|押金[^。；;,，]{0,6}元|(?:压|押)[^。；;,，]{0,4}(?:工资|薪)"
)


def deposit_from_worker(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Clothing, account, training or risk deposits from a part-time worker."""
    if contract.contract_type != "part_time_agent":
        return ()
    places = passages(
        paper.main,
        _DEPOSIT,
        without=r"不得|不(?:会|再|得)?(?:收|向|[需用必]|缴|交|押|扣)|无[需须]|免(?:收|交|缴)|未收|概不",
    )
    return remark(paper, "DEPOSIT_FROM_WORKER", places[0]) if places else ()
