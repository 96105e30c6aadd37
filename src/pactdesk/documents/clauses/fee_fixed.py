"""A fixed fee per month, quarter or year (A12, B18, C17)."""

from __future__ import annotations

import re
from decimal import Decimal

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.fee_fixed import FeePeriod, FixedFee
from pactdesk.documents.clauses import fee_headcount_hours, priced
from pactdesk.documents.clauses.tax import tax_of
from pactdesk.documents.fields import amount_field
from pactdesk.documents.paper import Paper, Sentence

_FEE = r"服务费|费用为|费用是|费率|月费|管理费|包干|作为服务费用"
_NOT = r"违约|扣|赔偿|退还|逾期|额外费用|剩余|首付|差旅"
_PERIODIC = ("CNY/month", "CNY/year")
_PERIODS = (
    (FeePeriod.MONTH, r"每月|按月|月费|/月|月度|月服务费"),
    (FeePeriod.QUARTER, r"每季|按季|/季|季度"),
    (FeePeriod.YEAR, r"每年|按年|/年|年度|年费"),
)


def read(paper: Paper) -> list[FixedFee]:
    """One clause where an amount, or its blank, stands for a period; none beside the formula."""
    if fee_headcount_hours.read(paper):
        return []
    if priced.lump_sum(paper):
        return []
    if priced.amounts(paper, *_PERIODIC) or priced.counted(paper):
        return _told(paper)
    sentences = paper.saying(_FEE, without=_NOT)
    stated = [(s, a) for s in sentences if (a := _amount(paper, s))]
    if not stated:
        return []
    sentence, (amount, source) = max(stated, key=lambda item: _telling(item[0]))
    sources: dict[str, Source] = {"amount": source}
    per = _per(paper, sentence, sources)
    tax_rate, tax_included = tax_of(paper, sources)
    return [
        FixedFee(
            id="fee-1",
            source=paper.source_at(sentence),
            sources=sources,
            amount=amount,
            per=per,
            tax_rate=tax_rate,
            tax_included=tax_included,
        )
    ]


def _told(paper: Paper) -> list[FixedFee]:
    """The amount of the fee; beside prices of what is counted, each amount: 系统费每月3000元."""
    noted_amounts = priced.amounts(paper, *_PERIODIC)
    annual = priced.basis_of(paper) in ("fixed_annual", "milestone_plus_annual")
    wanted = _PERIODIC[1] if annual else _PERIODIC[0]
    if not priced.counted(paper):
        first = [n for n in noted_amounts if n.value.unit == wanted] or noted_amounts
        noted_amounts = first[:1]
    fixed = []
    for number, noted in enumerate(noted_amounts, 1):
        source = priced.source_of(paper, noted)
        sources = {"amount": source}
        tax_rate, tax_included = priced.tax(paper, sources)
        fixed.append(
            FixedFee(
                id=f"fee-{number}",
                source=priced.clause_source(paper, source),
                sources=sources,
                amount=noted.value.value,
                per=FeePeriod.MONTH if noted.value.unit == "CNY/month" else FeePeriod.YEAR,
                tax_rate=tax_rate,
                tax_included=tax_included,
            )
        )
    return fixed


def _amount(paper: Paper, sentence: Sentence) -> tuple[Decimal | Blank, Source] | None:
    """The amount behind 每月 rather than the total that stands before it."""
    for _, pattern in _PERIODS:
        word = re.search(pattern, sentence.text)
        found = amount_field(paper, sentence.at(word.end()), sentence.end) if word else None
        if found is not None:
            return found
    return amount_field(paper, sentence.start, sentence.end)


def _telling(sentence: Sentence) -> int:
    """A fee per period says more than a total."""
    return 2 * bool(re.search(r"每月|每季|每年|月费|按年|按月", sentence.text)) - bool(
        re.search(r"总金额|总额|合计", sentence.text)
    )


def _per(paper: Paper, sentence: Sentence, sources: dict[str, Source]) -> FeePeriod | Blank:
    gaps = [g for g in paper.gaps_between(sentence.start, sentence.end) if g.value.example]
    for period, pattern in _PERIODS:
        word = re.search(pattern, sentence.text)
        if word is None:
            continue
        at = sentence.at(word.start())
        gap = next((gap for gap in gaps if gap.start <= at < gap.end), None)
        if gap is not None:
            return paper.open(gap, period.value)
        sources["per"] = paper.source_of(at, sentence.at(word.end()))
        return period
    return paper.vague(sentence.start, sentence.end)
