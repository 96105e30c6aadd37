"""What late payment costs (A55, B22)."""

from __future__ import annotations

import re
from decimal import Decimal

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.late_fee import LateFee
from pactdesk.documents.clauses.priced import clause_source, passage_for, source_of
from pactdesk.documents.fields import share_field
from pactdesk.documents.paper import Paper, Sentence
from pactdesk.documents.provisions import lateness
from pactdesk.documents.provisions.lateness import Penalty
from pactdesk.documents.provisions.noted import Noted

_LATE = r"逾期|迟延|延迟|未按(?:照)?(?:时|期|约定|合同约定)|晚付"
_COST = r"违约金|滞纳金|利息"
_DAILY = r"每日|每天|每逾期一[日天]|每延迟一[日天]|按日|日万分|日千分"


def read(paper: Paper) -> list[LateFee]:
    """One clause where the client pays for being late; a one-off percentage is a blank here."""
    noted = lateness.late_fee(passage_for(paper))
    if noted is not None and noted.value.base != "contract_total":
        return [_told(paper, noted)]
    for sentence in client_late_sentences(paper):
        sources: dict[str, Source] = {}
        rate = _rate(paper, sentence, sources)
        return [
            LateFee(
                id="late-fee-1",
                source=paper.source_at(sentence),
                rate_per_day=rate,
                cap=_cap(paper, sentence, sources),
                sources=sources,
            )
        ]
    return []


def _told(paper: Paper, noted: Noted[Penalty]) -> LateFee:
    """What the provisions read: a rate for each day, or once; a cap of what is overdue."""
    penalty, source = noted.value, source_of(paper, noted)
    sources: dict[str, Source] = {}
    if penalty.per_day is not None:
        sources["rate_per_day"] = source
    once = penalty.pct / 100 if penalty.pct is not None else None
    if once is not None:
        sources["rate_once"] = source
    cap = None
    if penalty.cap is not None and penalty.cap.value.unit != "pct_contract_total":
        share = penalty.cap.value.value / 100
        cap = share if 0 <= share <= 1 else None
        sources["cap"] = source_of(paper, penalty.cap)
    return LateFee(
        id="late-fee-1",
        source=clause_source(paper, source),
        rate_per_day=penalty.per_day,
        rate_once=once,
        cap=cap,
        sources=sources,
    )


def client_late_sentences(paper: Paper) -> list[Sentence]:
    """Sentences by which the client's delay costs something; those with a rate first."""
    client, provider = paper.roles.client_words, paper.roles.provider_words
    found = [
        s
        for s in paper.saying(_LATE)
        if re.search(_COST, s.text)
        and re.search(r"支付|付款|未付|欠款|晚付", s.text)
        and re.search(
            rf"{client}[^。；;]{{0,12}}(?:{_LATE})|^(?:\S{{0,8}})?逾期(?:的|付款)", s.text
        )
        and not re.search(rf"{provider}[^。；;]{{0,6}}(?:{_LATE})", s.text)
    ]
    return sorted(found, key=lambda s: share_field(paper, s.start, s.end) is None)


def _rate(paper: Paper, sentence: Sentence, sources: dict[str, Source]) -> Decimal | Blank:
    found = share_field(paper, sentence.start, sentence.end)
    if found is None:
        return paper.vague(sentence.start, sentence.end)
    sources["rate_per_day"] = found[1]
    if re.search(_DAILY, sentence.text) or isinstance(found[0], Blank):
        return found[0]
    return paper.vague(sentence.start, sentence.end)


def _cap(paper: Paper, sentence: Sentence, sources: dict[str, Source]) -> Decimal | Blank | None:
    limit = re.search(r"累计不超过|最高不?超?过?|不超过|以[^,，]{0,10}为限|上限", sentence.text)
    if limit is None:
        return None
    found = share_field(paper, sentence.at(limit.start()), sentence.end)
    if found is None:
        return None
    sources["cap"] = found[1]
    return found[0]
