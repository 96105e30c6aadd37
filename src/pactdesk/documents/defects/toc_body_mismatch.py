"""TOC_BODY_MISMATCH: the table of contents promises other articles than the body has (E54)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.contents import ContentsEntry
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.grammar.numerals import numeral_value
from pactdesk.documents.outline import ClauseText, contents_of
from pactdesk.documents.paper import Paper


def toc_body_mismatch(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Promised headings that the body lacks, or has under another number."""
    del contract
    promised = contents_of(paper.source)
    if not promised:
        return ()
    body: dict[str, ClauseText] = {}
    for clause in paper.outline:
        body.setdefault(_bare(clause.heading), clause)
    absent = [e for e in promised if _bare(e.heading) and _bare(e.heading) not in body]
    places: list[tuple[int, int]] = [(e.start, e.end) for e in absent[:3]]
    moved = next((e for e in promised if _moved(e, body)), None)
    if moved is not None:
        found = body[_bare(moved.heading)]
        places = [
            (moved.start, moved.end),
            (found.start, min(found.end, found.start + 14)),
            *places,
        ]
    if not places:
        return ()
    names = "、".join(entry.heading for entry in absent[:5])
    return remark(paper, "TOC_BODY_MISMATCH", *places, absent=names or "—")


def _bare(heading: str) -> str:
    return re.sub(r"\W", "", heading)


def _moved(entry: ContentsEntry, body: dict[str, ClauseText]) -> bool:
    """An article that the body has, under another number."""
    clause = body.get(_bare(entry.heading))
    if clause is None or not entry.number.isdigit():
        return False
    label = re.fullmatch(r"第(.+)条", clause.label.strip())
    return label is not None and int(numeral_value(label[1])) != int(entry.number)
