"""PARTY_NOT_IDENTIFIED: the head has no place where a party would be named (C, D)."""

from __future__ import annotations

import re

from pactdesk.core.terms.clauses.parties import Parties
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.grammar.parties import party_lines_in
from pactdesk.documents.paper import Paper

# A cover that was cut as noise may still have named the sides, if only as XXX.
_NAMED = re.compile(r"[甲乙]方\s?[:：]")


# Forms that no party line has: 【甲方】:, "…公司,以下称甲方", a table of 甲方(委托) and a name.
_NAMED_HERE = re.compile(
    r"[甲乙]\s*方\s*[】\]]?\s*(?:[(（][^)）\n]{0,12}[)）]\s*)?[:：]\s*[【\[(（]?\s*[一-鿿_【】\s]{2}"
    r"|(?:以下|下)?简?称(?:为)?[“\"]?[甲乙]方"
    r"|[甲乙]方\s?(?:[(（][^)）\n]{1,8}[)）])?[ \t]{2,}[一-鿿]{4}"
)
_HEAD = 600


def party_not_identified(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Neither a name nor a blank for one; a blank would be asked for, this is worse."""
    if any(party_lines_in(paper.text, 0, paper.head_end)):
        return ()
    if _NAMED_HERE.search(paper.text[:_HEAD]):
        return ()
    if any(_NAMED.search(removed.text) for removed in paper.source.removed):
        return ()
    parties = contract.optional(Parties)
    if parties is None or all(
        isinstance(side.name, str) for side in (parties.provider, parties.client)
    ):
        return ()
    end = min(paper.head_end, 60)
    start = len(paper.text[:end]) - len(paper.text[:end].lstrip())
    head = [(start, end)] if end > start else []
    return remark(paper, "PARTY_NOT_IDENTIFIED", *head, clauses=("parties-1",))
