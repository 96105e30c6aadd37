"""A deposit: 押金 of the client, 履约保证金 of the provider (B24)."""

from __future__ import annotations

import re
from typing import Literal

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.deposit import Deposit
from pactdesk.core.terms.durations import Duration
from pactdesk.documents.clauses.priced import clause_source, passage_for, source_of
from pactdesk.documents.contract_type import contract_type_of
from pactdesk.documents.fields import length_field
from pactdesk.documents.paper import Paper, silent
from pactdesk.documents.provisions import advances

_LODGES = r"支付|交付|缴纳|交纳|缴存|交|付|存入|提供"


def read(paper: Paper) -> list[Deposit]:
    """One clause; a worker's deposit is void, and a finding, never a term."""
    if contract_type_of(paper) == "part_time_agent":
        return []
    noted = advances.deposit(passage_for(paper))
    if noted is None or not noted.value.refundable:
        return []
    source = source_of(paper, noted)
    sources = {"amount": source}
    return [
        Deposit(
            id="deposit-1",
            source=clause_source(paper, source),
            amount=noted.value.amount,
            paid_by=_paid_by(paper, source),
            returned_after=_returned(paper, source, sources),
            sources=sources,
        )
    ]


def _paid_by(paper: Paper, source: Source) -> Literal["client", "provider"]:
    """Who lodges it; where nobody is named, 履约保证金 is the provider's."""
    roles = paper.roles
    text = paper.text[source.start : source.end]
    for side, words in (("client", roles.client_words), ("provider", roles.provider_words)):
        if re.search(
            rf"(?<!向)(?<!给)(?:{words})[^,，。；;向]{{0,14}}(?:向[^,，]{{1,6}})?(?:{_LODGES})",
            text,
        ):
            return "client" if side == "client" else "provider"
    return "provider" if "履约" in text else "client"


def _returned(paper: Paper, source: Source, sources: dict[str, Source]) -> Duration | Blank:
    """10日内无息退还: the time for giving it back, from the sentences about the deposit."""
    for sentence in paper.saying(r"退|返还"):
        if not re.search(r"押金|保证金", sentence.text) and sentence.start > source.end + 60:
            continue
        back = re.search(r"退还|返还|退回|退", sentence.text)
        if back is None or sentence.start < source.start - 4:
            continue
        lead = max(sentence.start, sentence.at(back.start()) - 24)
        length = length_field(paper, lead, sentence.at(back.end()))
        if length and isinstance(length[0], Duration):
            sources["returned_after"] = length[1]
            return length[0]
    return silent("returned_after", {"n": 30, "unit": "day"})
