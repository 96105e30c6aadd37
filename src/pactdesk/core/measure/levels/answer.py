"""Calls answered within N seconds (服务水平, 接通): four formulas; the contract names one.

Source: PRACTICE 1 服务水平, F1–F4.
"""

from __future__ import annotations

from pactdesk.core.facts.kinds import ClockMetric
from pactdesk.core.measure.context import Context, limit_ms
from pactdesk.core.measure.interactions import Interaction
from pactdesk.core.measure.levels.outcome import Counted, Outcome, without_clock
from pactdesk.core.measure.summary import Summary
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.service_level import AnswerFormula, ServiceLevel
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant

ANSWERED_FAST = "answered_fast"
ANSWERED_SLOW = "answered_slow"
ABANDONED_FAST = "abandoned_fast"
ABANDONED_SLOW = "abandoned_slow"

_FORMULAS: dict[AnswerFormula, tuple[tuple[str, ...], tuple[str, ...]]] = {
    AnswerFormula.F1: (
        (ANSWERED_FAST, ABANDONED_FAST),
        (ANSWERED_FAST, ANSWERED_SLOW, ABANDONED_FAST, ABANDONED_SLOW),
    ),
    AnswerFormula.F2: ((ANSWERED_FAST,), (ANSWERED_FAST, ANSWERED_SLOW)),
    AnswerFormula.F3: (
        (ANSWERED_FAST,),
        (ANSWERED_FAST, ANSWERED_SLOW, ABANDONED_FAST, ABANDONED_SLOW),
    ),
    AnswerFormula.F4: ((ANSWERED_FAST,), (ANSWERED_FAST, ANSWERED_SLOW, ABANDONED_SLOW)),
}
"""Formula → (counted as good, counted at all)."""


class FormulaMissing(PactError):
    """Clause `clause` measures answered calls but names none of the formulas F1–F4."""


def outcome(
    interaction: Interaction, clause: ServiceLevel, context: Context, cutoff: Instant
) -> Outcome:
    """answered or abandoned, fast or slow; a caller who still waits is pending."""
    run = interaction.run(ClockMetric.ANSWER, cutoff)
    if run is None:
        return without_clock(interaction, cutoff)
    elapsed = context.elapsed_ms(run.running, clause)
    fast = elapsed <= limit_ms(clause)
    if run.fulfilled_at is not None:
        return Counted(ANSWERED_FAST if fast else ANSWERED_SLOW, elapsed, missed=not fast)
    if interaction.was_abandoned(cutoff):
        left_at = next(at for at in interaction.abandoned_at if at < cutoff)
        waited = tuple((start, min(end, left_at)) for start, end in run.running if start < left_at)
        elapsed = context.elapsed_ms(waited, clause)
        fast = elapsed <= limit_ms(clause)
        return Counted(ABANDONED_FAST if fast else ABANDONED_SLOW, elapsed, missed=not fast)
    if interaction.was_closed(cutoff, run):
        # Nobody answered and nobody left: whoever closed it must not escape the level by it.
        return Counted(ABANDONED_SLOW, missed=True)
    return "pending"


def ratio(summary: Summary, clause: ServiceLevel) -> tuple[int, int]:
    """By the clause's formula."""
    formula = agreed(clause.formula, f"{clause.id}.formula")
    if formula is None:
        raise FormulaMissing(clause=clause.id)
    good, counted = _FORMULAS[formula]
    return summary.count(*good), summary.count(*counted)
