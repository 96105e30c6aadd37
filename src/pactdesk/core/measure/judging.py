"""What one interaction means for one level of one period: on which day it counts, and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pactdesk.core.facts.kinds import ClockMetric
from pactdesk.core.measure.context import Context
from pactdesk.core.measure.interactions import Interaction
from pactdesk.core.measure.levels import answer, csat, first_response, resolution
from pactdesk.core.measure.levels.outcome import Counted, JudgeOne, RatioOf, TakenOut
from pactdesk.core.measure.summary import Summary
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.service_level import Attribution, Metric, ServiceLevel
from pactdesk.core.units.instants import Instant, day_start, local_day
from pactdesk.core.units.periods import add_months

BY_METRIC: Mapping[Metric, tuple[JudgeOne, RatioOf]] = {
    Metric.FIRST_RESPONSE_SHARE: (first_response.share_outcome, first_response.share_ratio),
    Metric.FIRST_RESPONSE_AVERAGE: (first_response.average_outcome, first_response.average_ratio),
    Metric.RESOLUTION_SHARE: (resolution.share_outcome, resolution.ratio),
    Metric.RESOLUTION_RATE: (resolution.rate_outcome, resolution.ratio),
    Metric.ANSWER_SHARE: (answer.outcome, answer.ratio),
    Metric.CSAT: (csat.outcome, csat.ratio),
}
"""How each metric judges one interaction, and what ratio it makes of many."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One interaction, judged by one level.

    day         the local day on which it counts
    outcome     counted, or taken out and why; none while it is pending, and carried on
    summary     what it adds to the level
    """

    day: date
    outcome: Counted | TakenOut | None
    summary: Summary


def concerns(clause: ServiceLevel, interaction: Interaction, cutoff: Instant) -> bool:
    """Whether the level is about interactions of this channel and type, as known at `cutoff`."""
    of_channel = clause.channel in (None, interaction.channel)
    return of_channel and clause.case_type in (None, interaction.case_type(cutoff))


def judgement(
    clause: ServiceLevel, judge: JudgeOne, interaction: Interaction, context: Context
) -> Judgement | None:
    """What this period makes of the interaction; None when another period judges it.

    An interaction belongs to the period of its attribution instant. If it was still pending
    when that period ended, it was carried, and the first period at whose end it no longer is
    pending judges it, on that period's first day. So it is judged exactly once, also where a
    clock that starts later makes it pending anew.
    """
    at = _attributed_at(clause, interaction, context.end)
    if at is None or at >= context.end:
        return None
    if at >= context.start:
        day = local_day(at, context.zone)
    elif all(
        judge(interaction, clause, context, end) == "pending" for end in _ends_since(at, context)
    ):
        day = context.period.start
    else:
        return None
    cause = context.excluded.cause(at, clause.id)
    if cause is not None:
        return Judgement(day, TakenOut(cause), Summary(excluded={cause: 1}))
    match judge(interaction, clause, context, context.end):
        case Counted() as counted:
            missed = interaction.id if counted.missed else None
            summary = Summary.of(counted.name, elapsed_ms=counted.elapsed_ms, missed=missed)
            return Judgement(day, counted, summary)
        case TakenOut() as out:
            return Judgement(day, out, Summary(excluded={out.reason: 1}))
        case _:
            return Judgement(day, None, Summary(carried=1))


def _ends_since(at: Instant, context: Context) -> Iterator[Instant]:
    """The ends of the months from that of `at` on, until this period begins; then its beginning."""
    end = add_months(local_day(at, context.zone).replace(day=1), 1)
    while (until := day_start(end, context.zone)) < context.start:
        yield until
        end = add_months(end, 1)
    yield context.start


def _attributed_at(
    clause: ServiceLevel, interaction: Interaction, cutoff: Instant
) -> Instant | None:
    """The instant that decides about the day; None while it has not come."""
    if clause.metric is Metric.CSAT:
        rated = [at for at, _ in interaction.ratings if at < cutoff]
        return rated[0] if rated else None
    ended = [at for at in (*interaction.abandoned_at, *interaction.closed_at) if at < cutoff]
    match agreed(clause.attribution, f"{clause.id}.attribution"):
        case Attribution.OPENED:
            return interaction.opened_at
        case Attribution.FIRST_ANSWERED:
            runs = (
                interaction.run(metric, cutoff)
                for metric in (ClockMetric.FIRST_RESPONSE, ClockMetric.ANSWER)
            )
            answered = [run.fulfilled_at for run in runs if run and run.fulfilled_at is not None]
            # Also ended ones: an answer after the closing must not bring it into a later month.
            return min((*answered, *ended), default=None)
        case Attribution.CLOSED:
            return min(ended, default=None)
