"""A share of paid sales: 提成为扣除退款后实付金额的1.5% (PRACTICE 2)."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.fee_commission import CommissionFee
from pactdesk.core.terms.durations import TimeUnit
from pactdesk.documents.clauses import priced
from pactdesk.documents.fields import length_field
from pactdesk.documents.paper import Paper, silent

_UNITS = ("pct_net_paid_sales", "pct_paid_sales")
_REFUNDED = r"退款|退货"


def read(paper: Paper) -> list[CommissionFee]:
    """One clause at the first share; a second share for other sales is another clause."""
    clauses = []
    for number, noted in enumerate(priced.amounts(paper, *_UNITS), 1):
        if not 0 < noted.value.value <= 100:
            continue
        source = priced.source_of(paper, noted)
        sources = {"rate": source}
        rate, included = priced.tax(paper, sources)
        clauses.append(
            CommissionFee(
                id=f"commission-{number}",
                source=priced.clause_source(paper, source),
                settle_window=_window(paper, sources),
                rate=noted.value.value / 100,
                tax_rate=rate,
                tax_included=included,
                sources=sources,
            )
        )
    return clauses


def _window(paper: Paper, sources: dict[str, Source]) -> int | Blank:
    """Days after the payment in which a refund takes the commission back."""
    for sentence in paper.saying(_REFUNDED):
        if not re.search(r"提成|佣金|冲减|扣回|抵减", sentence.text):
            continue
        length = length_field(paper, sentence.start, sentence.end)
        if length is None or isinstance(length[0], Blank) or isinstance(length[0].n, Blank):
            continue
        if length[0].unit is TimeUnit.DAY:
            sources["settle_window"] = length[1]
            return length[0].n
    return silent("settle_window", 30)
