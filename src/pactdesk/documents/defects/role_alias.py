"""ROLE_ALIAS: the clauses speak of 客户 and 服务提供商, and nobody says who is 甲方 (E)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper


def role_alias(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Both pairs of words are used, and nothing equates them."""
    del contract
    roles = paper.roles
    if roles.provider_label is not None:
        return ()
    alias = next(iter(paper.saying(rf"{roles.provider}(?:应|需|有权)")), None)
    lettered = next((s for s in paper.sentences if re.search(r"甲乙方|甲方|乙方", s.text)), None)
    places = [s for s in (alias, lettered) if s is not None]
    return remark(
        paper,
        "ROLE_ALIAS",
        *places,
        clauses=("parties-1",),
        provider=roles.provider,
        client=roles.client,
    )
