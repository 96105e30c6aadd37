"""The most that all deductions of one period may come to."""

from __future__ import annotations

import re

from pactdesk.core.terms.clauses.deduction_cap import DeductionCap
from pactdesk.documents.clauses.deduction import DEDUCTS, TOGETHER
from pactdesk.documents.fields import share_field
from pactdesk.documents.paper import Paper


def read(paper: Paper) -> list[DeductionCap]:
    """One clause where the paper limits all deductions together."""
    for sentence in paper.saying(TOGETHER):
        limit = re.search(r"最高|不超过|不得超过|为限|上限|封顶", sentence.text)
        if limit is None or not re.search(DEDUCTS, sentence.text):
            continue
        found = share_field(paper, sentence.at(limit.start()), sentence.end)
        if found is not None:
            return [
                DeductionCap(
                    id="deduction-cap-1",
                    source=paper.source_at(sentence),
                    sources={"of_fee": found[1]},
                    of_fee=found[0],
                )
            ]
    return []
