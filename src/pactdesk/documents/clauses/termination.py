"""How the contract ends, and handover (A73–A76, E41–E44)."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.termination import Termination
from pactdesk.core.terms.durations import Duration
from pactdesk.documents.fields import length_field
from pactdesk.documents.paper import Paper

_ENDS = r"终止|解除"
_GROUNDS = (
    r"有权[^。；;,，]{0,12}(?:终止|解除)|因以下原因终止|可以?解除|终止的条件"
    r"|可(?:以)?(?:因|提前|单方)[^。；;]{0,12}(?:终止|解除|解约)"
)
_HANDOVER = r"移交|交还|交接"


def read(paper: Paper) -> list[Termination]:
    """One clause where the paper speaks of ending, leaving or handing over."""
    sentences = [s for s in paper.saying(_ENDS, without=r"保密期限") if len(s.text) > 8]
    grounds = next((s for s in sentences if re.search(_GROUNDS, s.text)), None)
    handover = next((s for s in sentences if re.search(_HANDOVER, s.text)), None)
    notice_place = next(
        (s for s in sentences if re.search(r"提前[^。；;]{0,12}(?:通知|告知)", s.text)), None
    )
    first = handover or grounds or notice_place
    if first is None:
        return []
    sources: dict[str, Source] = {}
    if grounds:
        sources["grounds"] = paper.source_at(grounds)
    within: Duration | Blank | None = None
    if handover:
        sources["handover"] = paper.source_at(handover)
        found = length_field(paper, handover.start, handover.end)
        if found:
            within, sources["handover_within"] = found
    notice: Duration | Blank | None = None
    if notice_place:
        start = notice_place.start + notice_place.text.index("提前")
        found = length_field(paper, start, notice_place.end)
        if found:
            notice, sources["notice"] = found
    return [
        Termination(
            id="termination-1",
            source=paper.source_at(first),
            notice=notice,
            grounds=grounds.words if grounds else None,
            handover=True if handover else None,
            handover_within=within,
            sources=sources,
        )
    ]
