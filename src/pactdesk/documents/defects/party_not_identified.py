"""PARTY_NOT_IDENTIFIED: the paper has no place where a party would be named (C, D)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.grammar.parties import party_lines_in
from pactdesk.documents.paper import Paper
from pactdesk.documents.provisions.parties import read as read_parties
from pactdesk.documents.provisions.passage import passage_of

_NAMED = re.compile(r"[甲乙]方\s?[:：]")


def party_not_identified(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Neither a name nor a blank for one; a blank would be asked for, this is worse."""
    del contract
    if any(party_lines_in(paper.text, 0, paper.head_end)):
        return ()
    if any(_NAMED.search(removed.text) for removed in paper.source.removed):
        return ()
    if any(read_parties(passage_of(paper))):
        return ()
    end = min(paper.head_end, 60)
    start = len(paper.text[:end]) - len(paper.text[:end].lstrip())
    head = [(start, end)] if end > start else []
    return remark(paper, "PARTY_NOT_IDENTIFIED", *head, clauses=("parties-1",))
