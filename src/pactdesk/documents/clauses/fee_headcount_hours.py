"""服务费用=客服人员数量×服务时间×人员单价 (E11)."""

from __future__ import annotations

import re
from decimal import Decimal

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.fee_headcount_hours import HeadcountHoursFee, HoursBasis
from pactdesk.documents.clauses.tax import tax_of
from pactdesk.documents.fields import amount_field, count_field
from pactdesk.documents.paper import Paper, Sentence

FORMULA = re.compile(
    r"(?P<heads>[一-鿿]{0,6}(?:人数|数量|座席数|坐席数))\s?[×xX*✕]\s?"
    r"(?P<hours>[一-鿿]{0,12}(?:时间|工时|小时数?|时数))\s?[×xX*✕]\s?(?P<price>[一-鿿]{0,10}单价)"
)


def read(paper: Paper) -> list[HeadcountHoursFee]:
    """One clause where the paper has the formula."""
    found = _formula(paper)
    if found is None:
        return []
    sentence, formula = found
    sources: dict[str, Source] = {"formula": paper.source_at(sentence)}
    tax_rate, tax_included = tax_of(paper, sources)
    return [
        HeadcountHoursFee(
            id="fee-1",
            source=paper.source_at(sentence),
            headcount=_headcount(paper, sentence, formula, sources),
            unit_price=_unit_price(paper, sentence, formula, sources),
            hours_basis=_basis(paper, sentence, formula, sources),
            tax_rate=tax_rate,
            tax_included=tax_included,
            sources=sources,
        )
    ]


def _formula(paper: Paper) -> tuple[Sentence, re.Match[str]] | None:
    for sentence in paper.saying(r"[×xX*✕]"):
        formula = FORMULA.search(sentence.text)
        if formula:
            return sentence, formula
    return None


def _headcount(
    paper: Paper, sentence: Sentence, formula: re.Match[str], sources: dict[str, Source]
) -> int | Blank:
    for other in paper.saying(
        r"(?:座席|坐席|客服人员|专职客服|客服)[^。；;,，]{0,12}(?:名|人(?!员)|席)"
    ):
        number = count_field(paper, other.start, other.end, "名|人(?!员)|席")
        if number:
            sources["headcount"] = number[1]
            return number[0]
    return _named_only(paper, sentence, formula, "heads")


def _unit_price(
    paper: Paper, sentence: Sentence, formula: re.Match[str], sources: dict[str, Source]
) -> Decimal | Blank:
    for other in paper.saying(r"单价.{0,30}(?:元|小时)"):
        start = other.start + other.text.index("单价")
        price = amount_field(paper, start, other.end)
        if price:
            sources["unit_price"] = price[1]
            return price[0]
    return _named_only(paper, sentence, formula, "price")


_VERIFIED = r"核实|核定|核对|打卡|考勤|实际(?:服务|在岗|出勤|工作)"
_SCHEDULED = r"排班(?:工时|小时|时间)|计划(?:工时|小时)"


def _basis(
    paper: Paper, sentence: Sentence, formula: re.Match[str], sources: dict[str, Source]
) -> HoursBasis | Blank:
    for other in (sentence, *paper.saying(r"工时|服务小时|服务时间|小时数")):
        for pattern, basis in (
            (_VERIFIED, HoursBasis.VERIFIED),
            (_SCHEDULED, HoursBasis.SCHEDULED),
        ):
            if re.search(pattern, other.text) and re.search(r"小时|工时", other.text):
                sources["hours_basis"] = paper.source_at(other)
                return basis
    blank = _named_only(paper, sentence, formula, "hours")
    return blank.model_copy(update={"suggested": HoursBasis.VERIFIED.value})


def _named_only(paper: Paper, sentence: Sentence, formula: re.Match[str], group: str) -> Blank:
    """The formula names a quantity that the paper never gives."""
    return paper.vague(sentence.at(formula.start(group)), sentence.at(formula.end(group)))
