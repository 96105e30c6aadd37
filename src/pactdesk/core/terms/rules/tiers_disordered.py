"""TIERS_DISORDERED, WORSE_IS_CHEAPER: tiers out of order, and a worse month that costs less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.deduction import Deduction, Interpolated, Tiered
from pactdesk.core.terms.clauses.fee_base_performance import BasePerformanceFee
from pactdesk.core.terms.clauses.score_sheet import ScoreSheet
from pactdesk.core.terms.clauses.service_level import Comparator, ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted

Ladder = tuple[Deduction | ScoreSheet | BasePerformanceFee, list[object], list[object]]
"""A clause; its marks, which must rise; what they earn, which had better not fall."""


def tiers_disordered(contract: Contract) -> tuple[Finding, ...]:
    """Of several tiers the last one reached counts, so their order decides what is owed."""
    return tuple(finding for ladder in _ladders(contract) for finding in _of_ladder(ladder))


def _of_ladder(ladder: Ladder) -> Iterator[Finding]:
    clause, marks, earned = ladder
    where, facts = ((clause.id,), quoted(clause)), {"clause": clause.id}
    if not marks or not _rises([*_agreed(marks)], strictly=True):
        yield Finding("TIERS_DISORDERED", Severity.ERROR, *where, facts)
    elif not _rises([*_agreed(earned)], strictly=False):
        yield Finding("WORSE_IS_CHEAPER", Severity.WARNING, *where, facts)


def _ladders(contract: Contract) -> Iterator[Ladder]:
    """Seen so that each goes up: marks by the good side, amounts by what the provider keeps."""
    levels = {level.id: level for level in contract.of_kind(ServiceLevel)}
    for clause in contract.clauses:
        if isinstance(clause, ScoreSheet):
            bands = clause.bands
            zero = [] if not bands or isinstance(bands[0].score, Blank) else [bands[0].score]
            marks: list[object] = [b.score for b in bands] if zero in ([], [Decimal(0)]) else []
            yield clause, marks, [b.payable for b in bands]
        elif isinstance(clause, BasePerformanceFee) and clause.level in levels:
            if not isinstance(clause.bands, Blank):
                reached = [b.reached for b in clause.bands]
                yield (
                    clause,
                    _good(levels[clause.level], reached),
                    [b.payable for b in clause.bands],
                )
        elif isinstance(clause, Deduction) and clause.level in levels:
            yield from _of_deduction(clause, levels[clause.level])


def _of_deduction(clause: Deduction, level: ServiceLevel) -> Iterator[Ladder]:
    if isinstance(clause.rule, Tiered):
        tiers = clause.rule.tiers[::-1]
        marks = _good(level, [tier.beyond for tier in tiers])
        yield clause, marks, [_negative(tier.rate) for tier in tiers]
    elif isinstance(clause.rule, Interpolated):
        yield clause, _good(level, [clause.rule.worst, level.target]), []


def _good(level: ServiceLevel, values: Sequence[object]) -> list[object]:
    """Values of a level, so that the better one is the larger."""
    return [*values] if level.comparator is Comparator.AT_LEAST else [*map(_negative, values)]


def _negative(value: object) -> object:
    return -value if isinstance(value, Decimal) else value


def _agreed(values: Sequence[object]) -> Iterator[Decimal]:
    return (value for value in values if isinstance(value, Decimal))


def _rises(values: Sequence[Decimal], *, strictly: bool) -> bool:
    return all(one < other or (one == other and not strictly) for one, other in pairwise(values))
