"""A price that is owed by milestones: 签约30%, 上线50%, 验收满一年20% (PRACTICE 2)."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Source
from pactdesk.core.terms.clauses.fee_milestones import Milestone, MilestonesFee
from pactdesk.core.terms.clauses.work_parts import Gate
from pactdesk.documents.clauses import priced
from pactdesk.documents.paper import Paper
from pactdesk.documents.provisions import instalments
from pactdesk.documents.provisions.instalments import Part

_NAMES = (
    ("one_year_after_acceptance", r"验收[^,，。；;]{0,8}(?:满一年|一年)|质保"),
    ("final_acceptance", r"终验|最终验收"),
    ("first_acceptance", r"初验"),
    ("acceptance", r"验收"),
    ("go_live", r"上线|部署|开通"),
    ("signing", r"签|生效|预付"),
)


def read(paper: Paper) -> list[MilestonesFee]:
    """One clause where a one-off price is paid in parts that make the whole."""
    if priced.basis_of(paper) != "milestone_plus_annual":
        return []
    prices = [n for n in priced.amounts(paper, "CNY") if n.value.item == "one_off_fee"]
    if not prices:
        return []
    source = priced.source_of(paper, prices[0])
    sources = {"total": source}
    parts = instalments.series(priced.passage_for(paper))
    milestones = _milestones(paper, parts, sources)
    rate, included = priced.tax(paper, sources)
    return [
        MilestonesFee(
            id="milestones-1",
            source=priced.clause_source(paper, source),
            total=prices[0].value.value,
            milestones=milestones or paper.vague(source.start, source.end),
            gates=(Gate.ACCEPTED,),
            tax_rate=rate,
            tax_included=included,
            sources=sources,
        )
    ]


def _milestones(
    paper: Paper, parts: tuple[Part, ...], sources: dict[str, Source]
) -> tuple[Milestone, ...]:
    found: list[Milestone] = []
    for number, part in enumerate(parts):
        words = part.line.text[part.start : part.end]
        name = next((name for name, pattern in _NAMES if re.search(pattern, words)), "part")
        if any(other.name == name for other in found):
            name = f"{name}_{number + 1}"
        sources[f"milestones.{number}.share"] = paper.source_of(
            *priced.passage_for(paper).in_paper(part.at, part.until)
        )
        found.append(Milestone(name=name, share=part.pct / 100))
    return tuple(found)
