"""Resolution (解决): within N service hours, and whether at all. Waits stop the clock.

Source: seed B 2.1(3), PRACTICE 1 解决率. A reopened case is unresolved again and its clock runs on.
"""

from __future__ import annotations

from pactdesk.core.facts.kinds import ClockMetric
from pactdesk.core.measure.context import Context, limit_ms
from pactdesk.core.measure.interactions import Interaction
from pactdesk.core.measure.levels.outcome import (
    Counted,
    Outcome,
    TakenOut,
    within_limit,
    without_clock,
)
from pactdesk.core.measure.summary import Summary
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.units.instants import Instant


def share_outcome(
    interaction: Interaction, clause: ServiceLevel, context: Context, cutoff: Instant
) -> Outcome:
    """met or missed by the clock's running time; closed unresolved is missed.

    With `or_progress` the clock is read at the first clear progress that the customer was told of,
    if that came before the solution (seed B 2.1(3): 解决方案或明确进展).
    """
    if clause.or_progress:
        told_at = interaction.progress_at(cutoff)
        at_progress = interaction.run(ClockMetric.RESOLUTION, told_at) if told_at else None
        if at_progress is not None and at_progress.fulfilled_at is None:
            elapsed = context.elapsed_ms(at_progress.running, clause)
            return within_limit(elapsed, limit_ms(clause), done=True)
    run = interaction.run(ClockMetric.RESOLUTION, cutoff)
    if run is None:
        return without_clock(interaction, cutoff)
    if run.fulfilled_at is None and interaction.was_abandoned(cutoff):
        return TakenOut("abandoned")
    if run.fulfilled_at is None and interaction.was_closed(cutoff, run):
        return Counted("missed", missed=True)
    elapsed = context.elapsed_ms(run.running, clause)
    return within_limit(elapsed, limit_ms(clause), done=run.fulfilled_at is not None)


def rate_outcome(
    interaction: Interaction, _clause: ServiceLevel, _context: Context, cutoff: Instant
) -> Outcome:
    """resolved, or unresolved when closed; abandoned ones were never accepted."""
    run = interaction.run(ClockMetric.RESOLUTION, cutoff)
    if run is None:
        return without_clock(interaction, cutoff)
    if run.fulfilled_at is not None:
        return Counted("met")
    if interaction.was_abandoned(cutoff):
        return TakenOut("abandoned")
    return Counted("missed", missed=True) if interaction.was_closed(cutoff, run) else "pending"


def ratio(summary: Summary, _clause: ServiceLevel) -> tuple[int, int]:
    """met ÷ (met + missed)."""
    return summary.count("met"), summary.count("met", "missed")
