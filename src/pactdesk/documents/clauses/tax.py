"""Whether a price contains tax, and which: 含税, 税率6%, 含6%增值税."""

from __future__ import annotations

import re
from decimal import Decimal

from pactdesk.core.terms.base import Blank, Source
from pactdesk.documents.fields import share_field
from pactdesk.documents.paper import Paper

_TAX = r"税率|增值税(?!专用发票|发票|普通)|含税"


def tax_of(paper: Paper, sources: dict[str, Source]) -> tuple[Decimal | Blank | None, bool | None]:
    """The tax rate and whether the price contains it; None where the paper is silent."""
    rate: Decimal | Blank | None = None
    included: bool | None = None
    for sentence in paper.saying(_TAX, without=r"违约|合规专票"):
        place = re.search(_TAX, sentence.text)
        before = sentence.at(max(0, place.start() - 6)) if place else sentence.start
        found = share_field(paper, before, min(sentence.end, before + 24))
        if found and rate is None:
            rate, sources["tax_rate"] = found
        if included is None:
            included = _included(sentence.text)
            if included is not None:
                sources["tax_included"] = paper.source_at(sentence)
    return rate, included


def _included(text: str) -> bool | None:
    if re.search(r"不含税|未含税|不含.{0,4}增值税", text):
        return False
    return True if re.search(r"含税|含.{0,6}增值税|已含", text) else None
