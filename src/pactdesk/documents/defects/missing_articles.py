"""MISSING_ARTICLES: the numbers of the articles jump (E)."""

from __future__ import annotations

import re
from itertools import pairwise

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.grammar.numerals import numeral_value
from pactdesk.documents.outline import ClauseText
from pactdesk.documents.paper import Paper

_ARTICLE = re.compile(r"第(?P<n>[一二三四五六七八九十百]+|\d+)条")


def missing_articles(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """第三条 is followed by 第八条."""
    del contract
    parts: dict[str | None, list[tuple[int, ClauseText]]] = {}
    for clause in paper.outline:
        found = _ARTICLE.fullmatch(clause.label.strip())
        if found:
            parts.setdefault(clause.part, []).append((int(numeral_value(found["n"])), clause))
    findings: list[Finding] = []
    for articles in parts.values():
        for (before, one), (after, other) in pairwise(articles):
            if after > before + 1:
                missing = "、".join(str(n) for n in range(before + 1, after))
                places = [_heading(one), _heading(other)]
                findings += remark(paper, "MISSING_ARTICLES", *places, missing=missing)
    return tuple(findings)


def _heading(clause: ClauseText) -> tuple[int, int]:
    return clause.start, min(clause.end, clause.start + len(clause.label) + len(clause.heading) + 1)
