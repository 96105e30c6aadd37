"""TEXT_MISSING: words have fallen out (C19, D12)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper

HOLES = re.compile(
    r"提供等(?:服务|支持)|[、,，]等(?=[。；;,，]|$)|(?<![一-鿿])等服务|为等|(?:负责|提供"
    r"|包括)、"
)


def text_missing(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "提供等服务", "银行账户、等": a list whose items are gone."""
    del contract
    places = [s for s in paper.main if HOLES.search(s.text)]
    return remark(paper, "TEXT_MISSING", *places[:4]) if places else ()
