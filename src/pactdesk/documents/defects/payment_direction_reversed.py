"""PAYMENT_DIRECTION_REVERSED: the one who serves is to pay the fee (A12)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper

_NOT = r"违约金|赔偿|退还|退回|押金|保证金|扣"


def payment_direction_reversed(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "乙方…每月应向甲方支付…服务费用" where 乙方 is who serves."""
    del contract
    provider, client = paper.roles.provider_words, paper.roles.client_words
    wrong = next(
        iter(
            paper.saying(
                rf"{provider}[^。；;甲乙]{{0,20}}向{client}(?:支付|付清|缴纳|给付)[^。；;]{{0,30}}(?:费|报酬)"
                rf"|(?:服务|管理|维护|外包)费[^。；;,，]{{0,6}}由{provider}[^。；;]{{0,10}}(?:支付|付|承担)"
                rf"|{provider}[^。；;甲乙]{{0,16}}(?:支付|付给){client}[^。；;]{{0,10}}(?:服务费|管理费|报酬)",
                without=_NOT,
            )
        ),
        None,
    )
    if wrong is None:
        return ()
    right = next(
        iter(
            paper.saying(
                rf"{client}[^。；;]{{0,30}}支付[^。；;]{{0,20}}(?:服务费|报酬)",
                without=rf"{provider}[^。；;]{{0,20}}向{client}支付|{_NOT}|有权要求",
            )
        ),
        None,
    )
    places = [wrong, right] if right else [wrong]
    return remark(paper, "PAYMENT_DIRECTION_REVERSED", *places, clauses=("fee-1", "payment-1"))
