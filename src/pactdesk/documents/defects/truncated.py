"""TRUNCATED: the text breaks off (T6)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper, Sentence


def truncated(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """The last words stand there; what follows is never invented."""
    del contract
    last = paper.sentences[-1] if paper.sentences else None
    if last is None or not (paper.source.truncated or _empty_item(last)):
        return ()
    return remark(paper, "TRUNCATED", last, severity=Severity.WARNING)


def _empty_item(last: Sentence) -> bool:
    """A number with nothing behind it."""
    return last.clause is not None and bool(re.fullmatch(r"[(（]?\d+[)）.、]?", last.text))
