"""The monthly assessment: met, missed or undetermined, and what follows (考核)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.measure.level import Level, Standing, value_of
from pactdesk.core.settle.ledger import EarlierStatement
from pactdesk.core.terms.amendments import Judged
from pactdesk.core.terms.base import agreed, fraction
from pactdesk.core.terms.clauses.assessment import Assessment, CountedMisses
from pactdesk.core.terms.clauses.conventions import Conventions, Undetermined, ZeroVolume
from pactdesk.core.terms.clauses.service_level import Comparator, ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.exact import exact_text
from pactdesk.core.units.periods import Period, add_months

History = Mapping[str, Mapping[str, Verdict]]


@dataclass(frozen=True, slots=True)
class Assessed:
    """One level, judged.

    misses_in_a_row  this period included; 0 when it is not missed
    misses_in_year   missed months of the last twelve; None when not missed, or nobody counts them
    days, judged     as of its level
    """

    clause: str
    verdict: Verdict
    target: Fraction
    value: Fraction | None
    misses_in_a_row: int = 0
    misses_in_year: int | None = None
    days: Period | None = None
    judged: Judged | None = None

    def to_plain(self) -> dict[str, Any]:
        """Canonical-JSON-ready."""
        in_year = {} if self.misses_in_year is None else {"misses_in_year": self.misses_in_year}
        return {
            "clause": self.clause,
            "verdict": str(self.verdict),
            "target": exact_text(self.target),
            "value": None if self.value is None else exact_text(self.value),
            "misses_in_a_row": self.misses_in_a_row,
            **in_year,
            **days_to_plain(self.days, self.judged),
        }


def days_to_plain(days: Period | None, judged: Judged | None) -> dict[str, Any]:
    """What an entry says of its days; nothing when it is for the whole month as it stands."""
    said: dict[str, Any] = {}
    if days is not None:
        said["days"] = f"{days.start.isoformat()}|{days.last_day.isoformat()}"
    if judged is not None:
        said["judged"] = str(judged)
    return said


def assess(
    contract: Contract, levels: Iterable[Level], ledger: Iterable[EarlierStatement], period: Period
) -> tuple[Assessed, ...]:
    """Every level of the contract judged against its target, with its run of misses."""
    by_clause = {level.clause_id: level for level in levels}
    known = tuple(ledger)
    return tuple(
        assess_one(contract, by_clause[clause.id], known, period)
        for clause in contract.of_kind(ServiceLevel)
    )


def assess_one(
    contract: Contract, level: Level, ledger: Iterable[EarlierStatement], period: Period
) -> Assessed:
    """One level judged by the terms that it was measured with."""
    clause = contract.clause(level.clause_id)
    assert isinstance(clause, ServiceLevel)  # noqa: S101 - only levels are measured
    judged = verdict(clause, level, contract.one(Conventions))
    history = {each.period: each.judged for each in ledger}
    missed = judged is Verdict.MISSED
    return Assessed(
        clause=clause.id,
        verdict=judged,
        target=fraction(clause.target, f"{clause.id}.target"),
        value=level.value,
        misses_in_a_row=_run(contract, clause.id, history, period) if missed else 0,
        misses_in_year=_in_year(contract, clause.id, history, period) if missed else None,
        days=level.days,
        judged=level.judged,
    )


def month_verdicts(assessed: Iterable[Assessed]) -> dict[str, Verdict]:
    """Clause → the verdict that later months look at: of several stretches, a missed one."""
    verdicts: dict[str, Verdict] = {}
    for each in assessed:
        before = verdicts.get(each.clause, Verdict.UNDETERMINED)
        verdicts[each.clause] = max(before, each.verdict, key=_GRAVITY.index)
    return verdicts


_GRAVITY = (Verdict.UNDETERMINED, Verdict.MET, Verdict.MISSED)


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


def _run(contract: Contract, clause_id: str, history: History, period: Period) -> int:
    """How many periods in a row were missed up to this one, which was."""
    return 1 + missed_in_a_row(contract, clause_id, history, add_months(period.start, -1))


def missed_in_a_row(contract: Contract, clause_id: str, history: History, month: date) -> int:
    """How many months in a row were missed up to `month`; undetermined ones as agreed.

    history  "2026-10" → the verdicts of that month's statement
    """
    any_level = _any_level(contract)
    conventions = contract.one(Conventions)
    undetermined = agreed(conventions.undetermined, f"{conventions.id}.undetermined")
    run = 0
    while (verdicts := history.get(f"{month:%Y-%m}")) is not None:
        before = _verdict_of(verdicts, clause_id, any_level)
        if before is Verdict.MISSED:
            run += 1
        elif before is Verdict.MET or undetermined is Undetermined.RESETS:
            break
        month = add_months(month, -1)
    return run


def missed_of(contract: Contract, clause_id: str, history: History, months: Iterable[date]) -> int:
    """How many of these months were missed."""
    any_level = _any_level(contract)
    verdicts = (history.get(f"{month:%Y-%m}", {}) for month in months)
    return sum(_verdict_of(each, clause_id, any_level) is Verdict.MISSED for each in verdicts)


def _any_level(contract: Contract) -> bool:
    rule = contract.optional(Assessment)
    counted = agreed(rule.counted, f"{rule.id}.counted") if rule else None
    return counted is CountedMisses.ANY_LEVEL


def _in_year(contract: Contract, clause_id: str, history: History, period: Period) -> int | None:
    """How many of the twelve months that end with this one, which was missed, were missed."""
    rule = contract.optional(Assessment)
    if rule is None or rule.misses_in_year is None:
        return None
    months = (add_months(period.start.replace(day=1), -n) for n in range(1, 12))
    return 1 + missed_of(contract, clause_id, history, months)


def _verdict_of(verdicts: Mapping[str, Verdict], clause_id: str, any_level: bool) -> Verdict:
    if not any_level:
        return verdicts.get(clause_id, Verdict.UNDETERMINED)
    for worst in (Verdict.MISSED, Verdict.MET):
        if worst in verdicts.values():
            return worst
    return Verdict.UNDETERMINED
