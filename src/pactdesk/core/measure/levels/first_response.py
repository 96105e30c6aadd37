"""First response (首次响应): from the customer's first message to a person's first reply.

Source: PRACTICE 1 首次响应时间. The share counts a conversation that ended unanswered as missed;
the mean knows only conversations with a reply.
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
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.units.instants import Instant


def share_outcome(
    interaction: Interaction, clause: ServiceLevel, context: Context, cutoff: Instant
) -> Outcome:
    """met or missed by elapsed time; unanswered when closed is missed."""
    run = interaction.run(ClockMetric.FIRST_RESPONSE, cutoff)
    if run is None:
        return without_clock(interaction, cutoff)
    if run.fulfilled_at is None and interaction.was_abandoned(cutoff):
        return _left_unanswered(context)
    if run.fulfilled_at is None and interaction.was_closed(cutoff, run):
        return Counted("missed", missed=True)
    elapsed = context.elapsed_ms(run.running, clause)
    return within_limit(elapsed, limit_ms(clause), done=run.fulfilled_at is not None)


def average_outcome(
    interaction: Interaction, clause: ServiceLevel, context: Context, cutoff: Instant
) -> Outcome:
    """Answered, with its elapsed time; without a reply it is taken out."""
    run = interaction.run(ClockMetric.FIRST_RESPONSE, cutoff)
    if run is None:
        return without_clock(interaction, cutoff)
    if run.fulfilled_at is None:
        return TakenOut("no_reply") if interaction.has_ended(cutoff, run) else "pending"
    return Counted("answered", context.elapsed_ms(run.running, clause))


def share_ratio(summary: Summary, _clause: ServiceLevel) -> tuple[int, int]:
    """met ÷ (met + missed)."""
    return summary.count("met"), summary.count("met", "missed")


def average_ratio(summary: Summary, _clause: ServiceLevel) -> tuple[int, int]:
    """Sum of milliseconds ÷ conversations with a reply."""
    return summary.sum_ms, summary.count("answered")


def _left_unanswered(context: Context) -> Outcome:
    path = f"{context.conventions.id}.unanswered_after_abandon"
    if agreed(context.conventions.unanswered_after_abandon, path):
        return Counted("missed", missed=True)
    return TakenOut("abandoned")
