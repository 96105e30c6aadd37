"""PRECEDENCE_CONFLICT: an annex prevails, and may not change the contract (E66, E71)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_PREVAILS = r"不一致(?:之处|的)?[,，]?[^。；;]{0,4}以[^。；;]{0,12}(?:协议|附件)为准"
_MAY_NOT = (
    r"(?:协议|附件)[^。；;]{0,6}不得[^。；;]{0,6}(?:修改|补充|变更)[^。；;]{0,6}(?:合同|协议)"
)


def precedence_conflict(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """What prevails over the contract changes it."""
    del contract
    prevails = next((s for s in paper.sentences if re.search(_PREVAILS, s.text)), None)
    may_not = next((s for s in paper.sentences if re.search(_MAY_NOT, s.text)), None)
    if prevails is None or may_not is None:
        return _two_orders(paper)
    return remark(paper, "PRECEDENCE_CONFLICT", prevails, may_not)


def _two_orders(paper: Paper) -> tuple[Finding, ...]:
    """The annex, or a supplement, prevails in one place, the contract in another."""
    for other in (_ANNEX, _SUPPLEMENT):
        first = passages(paper.main, _prevails(other))
        about = [s for s in paper.main if re.search(other, s.text)]
        body = passages(about, _prevails(_BODY))
        if first and body:
            return remark(paper, "PRECEDENCE_CONFLICT", first[0], body[0])
    return ()


_DIFFER = r"(?:不一致|不相一致|冲突|抵触|矛盾|不符|不同|出入|相左|歧义|差异|不吻合)"
_ANNEX = r"(?:[该本各]|所?有关|相应)?(?:附件|附表|附录|附则)"
_SUPPLEMENT = r"(?:[该本各]|所?有关|相应)?(?:补充协议|三方协议|另行签[订署]的协议)"
_BODY = (
    r"(?:[该本主])?(?:(?:合同|协议)(?:的)?(?:正文|主文|条款|约定|文本|本身)?|正文|主文|主合同"
    r"|主协议)"
)


def _prevails(what: str) -> str:
    """Words by which `what` comes first."""
    of = r"(?:的)?(?:约定|规定|内容|条款|文本)?"
    return (
        rf"{_DIFFER}[^。；;]{{0,12}}(?:以|按照?|依照?|优先(?:适用|执行)?)\s?{what}{of}"
        r"(?:为准|执行|为先|优先|适用|[。；;]|\Z)"
        rf"|{what}{of}(?:的)?(?:法律)?(?:效力)?(?:优先于|高于|优于|大于|优先)"
    )
