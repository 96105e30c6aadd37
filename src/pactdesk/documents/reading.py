"""From a source text to a draft contract, what the linter says, and what nothing used."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pactdesk.core.measure.minimum_wages import MinimumWages
from pactdesk.core.terms.base import Blank, Model, Source
from pactdesk.core.terms.catalogue import Clause
from pactdesk.core.terms.contract import Contract, SourceDocument
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.catalogue import lint
from pactdesk.documents.clauses import (
    assessment,
    attachments,
    confidentiality,
    conventions,
    deduction,
    deduction_cap,
    deduction_event,
    deposit,
    dispute,
    duty,
    effectiveness,
    fee_commission,
    fee_fixed,
    fee_headcount_hours,
    fee_hourly,
    fee_lump_sum,
    fee_milestones,
    fee_per_unit,
    fee_seats,
    late_fee,
    notices,
    parties,
    payment,
    period,
    price_adjustment,
    scope,
    service_hours,
    service_level,
    suspension,
    termination,
    third_parties,
)
from pactdesk.documents.contract_type import contract_id_of, contract_type_of, title_of
from pactdesk.documents.defects.catalogue import defects
from pactdesk.documents.paper import Paper, Sentence, paper_of
from pactdesk.documents.source import SourceText

READERS: tuple[Callable[[Paper], Sequence[Clause]], ...] = (
    parties.read,
    period.read,
    effectiveness.read,
    scope.read,
    service_hours.read,
    service_level.read,
    fee_fixed.read,
    fee_headcount_hours.read,
    fee_seats.read,
    fee_hourly.read,
    fee_per_unit.read,
    fee_commission.read,
    fee_lump_sum.read,
    fee_milestones.read,
    payment.read,
    deposit.read,
    price_adjustment.read,
    late_fee.read,
    suspension.read,
    deduction.read,
    deduction_event.read,
    deduction_cap.read,
    assessment.read,
    confidentiality.read,
    termination.read,
    dispute.read,
    third_parties.read,
    attachments.read,
    notices.read,
    duty.read,
    conventions.read,
)

_ANY = -1
_PART = 500
_SEVERITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft with its blanks, the findings (worst first), and sentences that nothing used."""

    contract: Contract
    findings: tuple[Finding, ...]
    unused: tuple[Source, ...]


def read_contract(source: SourceText, wages: MinimumWages | None = None) -> Reading:
    """Reads a contract; it never fails for what a paper lacks: that is a blank or a finding."""
    paper = paper_of(source, wages)
    clauses = [clause for read in READERS for clause in read(paper)]
    contract = Contract(
        contract_id=contract_id_of(paper),
        title=title_of(paper),
        contract_type=contract_type_of(paper),
        documents=(SourceDocument(name=source.name, sha256=source.sha256),),
        clauses=tuple(clauses),
    )
    findings = _once([*defects(paper, contract), *lint(contract)])
    return Reading(contract, findings, _unused(paper, contract, findings))


def _once(findings: list[Finding]) -> tuple[Finding, ...]:
    """Worst first, in the paper's order; a rule that repeats what the text showed is dropped."""
    told: list[Finding] = []
    near: dict[tuple[str, int], list[Finding]] = {}
    for finding in findings:
        places = [(finding.code, part) for quote in finding.quotes for part in _parts(quote)]
        # What meets the first quote stands in one of its parts, of however long a paper.
        first = [(finding.code, part) for quote in finding.quotes[:1] for part in _parts(quote)]
        others = [o for place in first or [(finding.code, _ANY)] for o in near.get(place, ())]
        if not any(all(_meets(quote, other) for quote in finding.quotes) for other in others):
            told.append(finding)
            for place in {*places, (finding.code, _ANY)}:
                near.setdefault(place, []).append(finding)
    return tuple(sorted(told, key=lambda f: (_SEVERITY[f.severity], _place(f))))


def _parts(quote: Source) -> range:
    return range(quote.start // _PART, quote.end // _PART + 1)


def _meets(quote: Source, finding: Finding) -> bool:
    return any(q.start < quote.end and quote.start < q.end for q in finding.quotes)


def _place(finding: Finding) -> int:
    return min((quote.start for quote in finding.quotes), default=0)


def _unused(paper: Paper, contract: Contract, findings: tuple[Finding, ...]) -> tuple[Source, ...]:
    """Sentences that no clause, field, blank or finding touches; bare headings are none."""
    spans = sorted(
        [(s.start, s.end) for clause in contract.clauses for s in _sources(clause)]
        + [(quote.start, quote.end) for finding in findings for quote in finding.quotes]
    )
    starts = [start for start, _ in spans]
    # How far any span reaches that begins up to there.
    reach = list(accumulate((end for _, end in spans), max, initial=0))

    def touched(sentence: Sentence) -> bool:
        return reach[bisect_left(starts, sentence.end)] > sentence.start

    return tuple(
        paper.source_at(sentence)
        for sentence in paper.sentences
        if not _bare_heading(sentence) and not touched(sentence)
    )


def _bare_heading(sentence: Sentence) -> bool:
    clause = sentence.clause
    if clause is None or sentence.start != clause.start:
        return False
    rest = sentence.text.removeprefix(clause.label).strip(" 、.:：")
    return rest == (clause.heading or "") or len(re.sub(r"\W", "", rest)) < 2


def _sources(value: object) -> list[Source]:
    """Every source in a clause, those of its blanks included."""
    if isinstance(value, Source):
        return [value]
    if isinstance(value, Blank):
        return [value.source] if value.source else []
    if isinstance(value, Model):
        return [s for name in type(value).model_fields for s in _sources(getattr(value, name))]
    if isinstance(value, dict):
        return [s for item in value.values() for s in _sources(item)]
    if isinstance(value, tuple):
        return [s for item in value for s in _sources(item)]
    return []
