"""Seats or persons by the month: 每席每月5200元, 每人每月6800元 (PRACTICE 2)."""

from __future__ import annotations

import re
from decimal import Decimal

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.fee_seats import SeatsBasis, SeatsFee
from pactdesk.documents.clauses import priced
from pactdesk.documents.fields import count_field
from pactdesk.documents.paper import Paper, silent

_UNITS = ("CNY/seat/month", "CNY/person/month")
_OPEN = r"每(?:个)?(?:坐席|座席|席位?|人|名客服)[^,，。；;]{0,6}每月|每月每(?:席|人)"
_HEADS = r"坐席|座席|席位|客服人员|专职客服|驻场|派[驻遣出]"
_PRESENT = r"实际(?:出勤|到岗|在岗|上线)|按出勤|出勤[天日]数折算|不足(?:整|一个)?月"


def read(paper: Paper) -> list[SeatsFee]:
    """One clause for each price of a seat or a person a month."""
    prices: list[tuple[Decimal | Blank, Source]] = [
        (noted.value.value, priced.source_of(paper, noted))
        for noted in priced.amounts(paper, *_UNITS)
    ]
    if not prices and priced.basis_of(paper) in ("per_seat_month", "per_person_month"):
        prices += list(priced.open_prices(paper, _OPEN))[:1]
    alone = len(prices) == 1
    clauses = []
    for number, (price, source) in enumerate(prices, 1):
        sources = {"monthly_price": source}
        seats = _seats(paper, source, sources, alone=alone)
        rate, included = priced.tax(paper, sources)
        clauses.append(
            SeatsFee(
                id=f"seats-{number}",
                source=priced.clause_source(paper, source),
                seats=seats,
                monthly_price=price,
                basis=_basis(paper, sources),
                tax_rate=rate,
                tax_included=included,
                sources=sources,
            )
        )
    return clauses


def _seats(paper: Paper, price: Source, sources: dict[str, Source], *, alone: bool) -> int | Blank:
    """The number beside the price; that of the whole paper only where there is one price."""
    start, end, _ = priced.sentence_around(paper, price)
    near = count_field(paper, start, end, "名|席|个(?:坐席|座席|席位)|人(?![/每·])")
    if near is None and alone:
        for other in paper.saying(_HEADS):
            near = count_field(paper, other.start, other.end, "名|席|个(?:坐席|座席|席位)|人(?!员)")
            if near is not None:
                break
    if near is None:
        return silent("seats")
    sources["seats"] = near[1]
    return near[0]


def _basis(paper: Paper, sources: dict[str, Source]) -> SeatsBasis | Blank:
    for sentence in paper.saying(_PRESENT, without=r"加班|工资"):
        told = re.search(_PRESENT, sentence.text)
        if told and re.search(r"费|折算|计|结算", sentence.text):
            sources["basis"] = paper.source_at(sentence)
            return SeatsBasis.PRESENT
    return silent("seats_basis", SeatsBasis.AGREED.value)
