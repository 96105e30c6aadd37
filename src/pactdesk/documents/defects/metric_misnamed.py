"""METRIC_MISNAMED: called a rate, stated as a time limit (B11)."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper

_RATE_NAME = r"[一-鿿]{2,8}率"


def metric_misnamed(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "问题解决率:…应在X小时内提供解决方案" gives no rate."""
    for level in contract.of_kind(ServiceLevel):
        if not (isinstance(level.target, Blank) and level.within is not None and level.source):
            continue
        if level.title and re.fullmatch(_RATE_NAME, level.title):
            span = (level.source.start, level.source.end)
            return remark(paper, "METRIC_MISNAMED", span, clauses=(level.id,), title=level.title)
    return ()
