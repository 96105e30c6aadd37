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
    severity = Severity.ERROR if _HALF.search(last.text) else Severity.WARNING
    return remark(paper, "TRUNCATED", last, severity=severity)


# Words that no sentence ends with: what follows is gone, not only the full stop.
_HALF = re.compile(
    r"(?:[,，、]|并且?|[和及与或且]|应当?|[须需将由在对向为以如若因其该把被]|可以|不得|有权"
    r"|如果|以及|或者|未经|按照|根据)\Z"
)


def _empty_item(last: Sentence) -> bool:
    """A number with nothing behind it."""
    return last.clause is not None and bool(re.fullmatch(r"[(（]?\d+[)）.、]?", last.text))
