"""The provider's right to suspend (B23, E33)."""

from __future__ import annotations

import re

from pactdesk.core.terms.clauses.suspension import Suspension
from pactdesk.core.terms.durations import Duration, TimeUnit
from pactdesk.documents.clauses.priced import clause_source, passage_for, source_of
from pactdesk.documents.fields import length_field
from pactdesk.documents.paper import Paper
from pactdesk.documents.provisions import suspension

_SUSPENDS = r"(?:暂停|中止)[^,，。；;]{0,6}服务"
_UNPAID = r"逾期|未按[^。；;]{0,10}(?:支付|付款)|欠付|未付"
_DAYS = frozenset({TimeUnit.DAY, TimeUnit.WORKING_DAY})


def read(paper: Paper) -> list[Suspension]:
    """One clause where unpaid fees allow it; without days of grace that field is a blank."""
    noted = suspension.read(passage_for(paper))
    if noted is not None and noted.value >= 1:
        source = source_of(paper, noted)
        return [
            Suspension(
                id="suspension-1",
                source=clause_source(paper, source),
                sources={"after_days": source},
                after_days=noted.value,
            )
        ]
    for sentence in paper.saying(_SUSPENDS):
        if not re.search(_UNPAID, sentence.text):
            continue
        after = re.search(r"超过|满|达", sentence.text)
        start = sentence.at(after.end()) if after else sentence.start
        length = length_field(paper, start, sentence.end, units=_DAYS)
        if length and isinstance(length[0], Duration):
            return [
                Suspension(
                    id="suspension-1",
                    source=paper.source_at(sentence),
                    sources={"after_days": length[1]},
                    after_days=length[0].n,
                )
            ]
        open_days = paper.vague(sentence.start, sentence.end)
        source = paper.source_at(sentence)
        return [Suspension(id="suspension-1", source=source, after_days=open_days)]
    return []
