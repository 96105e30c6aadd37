"""Others who come in by agreement (E55–E73)."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Source
from pactdesk.core.terms.clauses.third_parties import ThirdParties
from pactdesk.documents.fields import amount_field
from pactdesk.documents.paper import Paper, Sentence

_INVOLVES = r"第三方"
_AGREEMENT = r"第三方[^。；;]{0,12}签订[^。；;]{0,8}(?:书面)?协议|书面协议[^。；;]{0,20}第三方"


def read(paper: Paper) -> list[ThirdParties]:
    """One clause where third parties are let in, in the contract or in a part of its own."""
    sentences = [s for s in paper.sentences if re.search(_INVOLVES, s.text)]
    agreement = next((s for s in sentences if re.search(_AGREEMENT, s.text)), None)
    if agreement is None:
        return []
    sources: dict[str, Source] = {"written_agreement": paper.source_at(agreement)}
    secrecy = next((s for s in sentences if _bound(s)), None)
    if secrecy:
        sources["bound_by_confidentiality"] = paper.source_at(secrecy)
    cap = next((s for s in sentences if "限额" in s.text and len(s.text) > 14), None)
    limit = None
    if cap:
        found = amount_field(paper, cap.start, cap.end)
        sources["liability_cap"] = paper.source_at(cap)
        limit = found[0] if found else None
    return [
        ThirdParties(
            id="third-parties-1",
            source=paper.source_at(agreement),
            written_agreement=True,
            liability_cap=limit,
            bound_by_confidentiality=True if secrecy else None,
            sources=sources,
        )
    ]


def _bound(sentence: Sentence) -> bool:
    return bool(re.search(r"第三方应[^。；;]{0,30}保密", sentence.text))
