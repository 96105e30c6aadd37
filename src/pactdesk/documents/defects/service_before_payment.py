"""SERVICE_BEFORE_PAYMENT_ORDER: each side is to go first (C19)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.defects.text_missing import HOLES
from pactdesk.documents.paper import Paper

_PAID_FIRST = (
    r"(?:收到|收讫|到账|付清|足额支付|支付完毕|缴清)[^。；;]{0,20}(?:费用?|款项?|价款"
    r"|报酬|服务费)?[^。；;,，]{0,4}"
    r"(?:后|之日起)[^。；;]{0,16}(?:方|才|再|始|即)?[^。；;,，]{0,6}(?:提供|开始|启动"
    r"|开展|派驻|安排|投入)[^。；;,，]{0,12}(?:服务|人员|坐席|座席|工作|上线|接待)?"
)
_SERVED_FIRST = (
    r"(?:次月|下月|服务(?:完成|结束|期满|完毕)(?:后|并)|验收(?:合格|通过)后|每月结束后"
    r"|每季度?结束后|考核(?:合格|通过|确认)?后|"
    r"先服务后付|先服务[,，]?后付款|服务满"
    r"|上(?:一)?(?:个)?(?:自然)?月(?:度)?(?:的)?(?:服务费|费用))[^。；;]{0,40}(?:支付"
    r"|付款|结算|付清)?"
)
_PART = r"首付|首期|首款|预付|定金|押金|保证金|材料|发票|通知|资料|订单"


def service_before_payment(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Service begins when all is paid, and all is paid when service was given."""
    del contract
    paid = passages(paper.main, _PAID_FIRST, without=_PART)
    served = passages(
        paper.main, rf"{_SERVED_FIRST}", without=rf"{_PART[: _PART.index('|材料')]}|违约"
    )
    served = [at for at in served if any(w in paper.text[at[0] : at[1]] for w in ("付", "结算"))]
    if paid and HOLES.search(paper.text[slice(*paid[0])]):
        # Paid first for a service that nobody named.
        return remark(paper, "SERVICE_BEFORE_PAYMENT_ORDER", paid[0], clauses=("payment-1",))
    if not paid or not served or paid[0] == served[0]:
        return ()
    return remark(
        paper,
        "SERVICE_BEFORE_PAYMENT_ORDER",
        paid[0],
        served[0],
        clauses=("payment-1",),
    )
