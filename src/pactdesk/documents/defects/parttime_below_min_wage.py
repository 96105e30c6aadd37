"""PARTTIME_BELOW_MIN_WAGE: less an hour than the least that the place allows."""

from __future__ import annotations

import re
from decimal import Decimal

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.documents.defects.remark import passage, passages, remark
from pactdesk.documents.grammar.amounts import amounts_in
from pactdesk.documents.paper import Paper

_WAIVED = (
    r"(?:可|可以|允许)?(?:低于|不受|不适用|不执行|不参照)[^。；;]{0,10}最低(?:小时)?工资"
    r"|不以[^。；;]{0,8}最低(?:小时)?工资"
)
_HOURLY = re.compile(r"时薪|每(?:个?小时|钟头)|[元块]\s?/\s?(?:小时|时|h)|小时(?:工资|报酬|单价)")
# The places' own tables are not part of this program. Below the first figure no place allowed it
# when this was written; below the second a person has to look it up.
_NOWHERE, _LOOK = Decimal("13"), Decimal("25")


def parttime_below_min_wage(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """The wage may fall below the least, or already has; near it, a note to look it up."""
    if contract.contract_type != "part_time_agent":
        return ()
    waived = passages(paper.main, _WAIVED, without=r"不得?低于")
    if waived:
        return remark(paper, "PARTTIME_BELOW_MIN_WAGE", waived[0], wage="—")
    for sentence in paper.main:
        match = _HOURLY.search(sentence.text)
        amount = next(iter(amounts_in(sentence.text)), None) if match else None
        if match is None or amount is None or amount.value >= _LOOK:
            continue
        return remark(
            paper,
            "PARTTIME_BELOW_MIN_WAGE",
            passage(sentence, match),
            severity=Severity.ERROR if amount.value < _NOWHERE else Severity.NOTE,
            wage=f"{amount.value:f}",
        )
    return ()
