"""What the provisions read about price, as the readers of fee clauses need it: read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from pactdesk.core.terms.base import Blank, Source
from pactdesk.documents.clauses.tax import tax_of
from pactdesk.documents.paper import Paper
from pactdesk.documents.provisions import advances, fee
from pactdesk.documents.provisions.deductions import reading as deductions
from pactdesk.documents.provisions.deductions.kinds import Deduction
from pactdesk.documents.provisions.fee import Fee
from pactdesk.documents.provisions.fee_amount import FeeAmount
from pactdesk.documents.provisions.noted import Noted
from pactdesk.documents.provisions.passage import Passage, passage_of

COUNTED = (
    "CNY/seat/month",
    "CNY/person/month",
    "CNY/hour",
    "CNY/person/hour",
    "CNY/person/day",
    "CNY/person/shift",
    "CNY/seat/day",
    "CNY/min",
    "CNY/conversation",
)
"""Units of prices that something must be counted for; a fixed fee is none of them."""
_SET_APART = frozenset({"overtime_price", "allowance", "bonus", "bonus_cap", "performance_fee"})


def passage_for(paper: Paper) -> Passage:
    """The passage of a paper, made once."""
    kept = vars(paper)
    if "_passage" not in kept:
        kept["_passage"] = passage_of(paper)
    return cast("Passage", kept["_passage"])


def fee_of(paper: Paper) -> Fee:
    """The price of a paper, read once."""
    kept = vars(paper)
    if "_fee" not in kept:
        kept["_fee"] = fee.read(passage_for(paper))
    return cast("Fee", kept["_fee"])


def deductions_of(paper: Paper) -> tuple[Noted[Deduction], ...]:
    """All deductions of a paper, read once."""
    kept = vars(paper)
    if "_deductions" not in kept:
        kept["_deductions"] = deductions.read(passage_for(paper))
    return cast("tuple[Noted[Deduction], ...]", kept["_deductions"])


def basis_of(paper: Paper) -> str | None:
    """What the fee is counted by, in the words of the reading summary."""
    basis = fee_of(paper).basis
    return basis.value if basis else None


def amounts(paper: Paper, *units: str, apart: bool = False) -> list[Noted[FeeAmount]]:
    """Amounts in these units; those that only overtime or a bonus costs where `apart`."""
    return [
        noted
        for noted in fee_of(paper).amounts
        if noted.value.unit in units and (noted.value.item in _SET_APART) == apart
    ]


def counted(paper: Paper) -> bool:
    """Whether a price is set for something that is counted."""
    return bool(amounts(paper, *COUNTED))


def source_of(paper: Paper, noted: Noted[object]) -> Source:
    """Where a noted value stands on paper."""
    return paper.source_of(*passage_for(paper).in_paper(noted.start, noted.end))


def sentence_around(paper: Paper, source: Source) -> tuple[int, int, str]:
    """The sentence in which a value stands, for what is said beside it."""
    for sentence in paper.sentences:
        if sentence.start <= source.start < sentence.end:
            return sentence.start, sentence.end, sentence.text
    return source.start, source.end, source.quote


def clause_source(paper: Paper, source: Source) -> Source:
    """The whole sentence as the source of a clause."""
    start, end, _ = sentence_around(paper, source)
    return paper.source_of(min(start, source.start), max(end, source.end))


def open_prices(paper: Paper, pattern: str) -> Iterator[tuple[Blank, Source]]:
    """Prices that are left open behind a pattern: 每席每月____元."""
    for sentence in paper.saying(pattern):
        for gap in paper.gaps_between(sentence.start, sentence.end):
            lead = paper.text[max(sentence.start, gap.start - 24) : gap.start]
            behind = paper.text[gap.end : gap.end + 2]
            if re.search(pattern, lead) and re.match(r"\s?(?:元|块)", behind):
                yield paper.open(gap), paper.source_of(gap.start, gap.end)


def tax(
    paper: Paper, sources: dict[str, Source]
) -> tuple[Decimal | Blank | None, bool | Blank | None]:
    """Rate of tax and whether the price contains it, as one reading for all kinds of fee."""
    rate, included = tax_of(paper, sources)
    told = fee_of(paper)
    if rate is None and told.tax_rate is not None and told.tax_rate.value <= 1:
        rate, sources["tax_rate"] = told.tax_rate.value, source_of(paper, told.tax_rate)
    if told.tax_included is not None and included is None:
        included = told.tax_included.value
        sources["tax_included"] = source_of(paper, told.tax_included)
    return rate, included


def lump_sum(paper: Paper) -> bool:
    """Whether a total for the whole term is paid in parts, and nothing by the month."""
    total = fee_of(paper).total
    if total is None or counted(paper) or amounts(paper, "CNY/month"):
        return False
    passage = passage_for(paper)
    return bool(advances.down_payment(passage) or advances.final_payment(passage))
