"""How prices may change (A54, E14)."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Source
from pactdesk.core.terms.clauses.price_adjustment import PriceAdjustment
from pactdesk.documents.fields import share_field
from pactdesk.documents.paper import Paper

_ADJUSTS = (
    r"调整(?:服务费|单价)|费用(?:的)?调整|调价|价格调整|单价(?:的)?调整"
    r"|金额及支付方式可进行相应调整"
)


def read(paper: Paper) -> list[PriceAdjustment]:
    """One clause where the paper speaks of changing the price."""
    sentences = [s for s in paper.saying(_ADJUSTS) if len(s.text) > 12]
    if not sentences:
        return []
    first, last = sentences[0], sentences[-1]
    sources: dict[str, Source] = {}
    most = None
    for sentence in sentences:
        limit = re.search(r"不(?:得)?超过|上限|最高", sentence.text)
        found = share_field(paper, sentence.at(limit.end()), sentence.end) if limit else None
        if found:
            most, sources["most"] = found
    grounds = re.search(
        r"(?:如因|因|若|如遇|如)(?P<g>[^,，。]{2,40}?)(?:等因素|导致|变化|调整|,|，)", first.text
    )
    together = " ".join(sentence.text for sentence in sentences)
    agreed = bool(re.search(r"协商|协议|同意|一致", together))
    return [
        PriceAdjustment(
            id="price-adjustment-1",
            source=paper.source_of(
                first.start, last.end if last.end - first.start < 300 else first.end
            ),
            sources=sources,
            grounds=grounds["g"] if grounds else None,
            by_agreement=agreed,
            most=most,
        )
    ]
