"""The monthly assessment: met, missed or undetermined, and what follows (考核)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.measure.level import Level, Standing, value_of
from pactdesk.core.settle.ledger import EarlierStatement
from pactdesk.core.terms.base import agreed, fraction
from pactdesk.core.terms.clauses.assessment import Assessment, CountedMisses
from pactdesk.core.terms.clauses.conventions import Conventions, Undetermined, ZeroVolume
from pactdesk.core.terms.clauses.service_level import Comparator, ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.exact import exact_text
from pactdesk.core.units.periods import Period, add_months


@dataclass(frozen=True, slots=True)
class Assessed:
    """One level, judged.

    misses_in_a_row  this period included; 0 when it is not missed
    """

    clause: str
    verdict: Verdict
    target: Fraction
    value: Fraction | None
    misses_in_a_row: int = 0

    def to_plain(self) -> dict[str, Any]:
        """Canonical-JSON-ready."""
        return {
            "clause": self.clause,
            "verdict": str(self.verdict),
            "target": exact_text(self.target),
            "value": None if self.value is None else exact_text(self.value),
            "misses_in_a_row": self.misses_in_a_row,
        }


def assess(
    contract: Contract, levels: Iterable[Level], ledger: Iterable[EarlierStatement], period: Period
) -> tuple[Assessed, ...]:
    """Every level of the contract judged against its target, with its run of misses."""
    by_clause = {level.clause_id: level for level in levels}
    history = {each.period: each.verdicts for each in ledger}
    conventions = contract.one(Conventions)
    assessed = []
    for clause in contract.of_kind(ServiceLevel):
        level = by_clause[clause.id]
        judged = verdict(clause, level, conventions)
        missed = judged is Verdict.MISSED
        assessed.append(
            Assessed(
                clause=clause.id,
                verdict=judged,
                target=fraction(clause.target, f"{clause.id}.target"),
                value=level.value,
                misses_in_a_row=_run(contract, clause.id, history, period) if missed else 0,
            )
        )
    return tuple(assessed)


def verdict(clause: ServiceLevel, level: Level, conventions: Conventions) -> Verdict:
    """Exactly at the target is met. Where the unobserved part could turn it: undetermined."""
    if level.standing is not Standing.MEASURED:
        return Verdict.UNDETERMINED
    if level.denominator == 0:
        rule = agreed(conventions.zero_volume, f"{conventions.id}.zero_volume")
        return Verdict.MET if rule is ZeroVolume.MET else Verdict.UNDETERMINED
    whole = level.denominator + level.unknown
    worst = value_of(level.metric, level.numerator, whole)
    best = value_of(level.metric, level.numerator + level.unknown, whole)
    verdicts = {_is_met(clause, worst), _is_met(clause, best)}
    if len(verdicts) == 2:
        return Verdict.UNDETERMINED
    return Verdict.MET if verdicts.pop() else Verdict.MISSED


def _is_met(clause: ServiceLevel, value: Fraction | None) -> bool:
    target = fraction(clause.target, f"{clause.id}.target")
    if value is None:
        return False
    return value >= target if clause.comparator is Comparator.AT_LEAST else value <= target


def _run(
    contract: Contract, clause_id: str, history: dict[str, dict[str, Verdict]], period: Period
) -> int:
    """How many periods in a row were missed up to this one, which was."""
    rule = contract.optional(Assessment)
    counted = agreed(rule.counted, f"{rule.id}.counted") if rule else None
    any_level = counted is CountedMisses.ANY_LEVEL
    conventions = contract.one(Conventions)
    undetermined = agreed(conventions.undetermined, f"{conventions.id}.undetermined")
    run, month = 1, add_months(period.start, -1)
    while (verdicts := history.get(f"{month:%Y-%m}")) is not None:
        before = _verdict_of(verdicts, clause_id, any_level)
        if before is Verdict.MISSED:
            run += 1
        elif before is Verdict.MET or undetermined is Undetermined.RESETS:
            break
        month = add_months(month, -1)
    return run


def _verdict_of(verdicts: dict[str, Verdict], clause_id: str, any_level: bool) -> Verdict:
    if not any_level:
        return verdicts.get(clause_id, Verdict.UNDETERMINED)
    for worst in (Verdict.MISSED, Verdict.MET):
        if worst in verdicts.values():
            return worst
    return Verdict.UNDETERMINED
