"""The interactions behind one level, one by one: whose sum is the level, for people who ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.measure.context import Context
from pactdesk.core.measure.forecast import judged_in
from pactdesk.core.measure.interactions import Interaction
from pactdesk.core.measure.judging import BY_METRIC, Judgement, concerns, judgement
from pactdesk.core.measure.levels.outcome import Counted, TakenOut
from pactdesk.core.measure.measuring import month_context
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.scope import CaseType, Channel
from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar


class Place(StrEnum):
    """Where an interaction stands in its level."""

    MISSED = "missed"  # broke the limit
    MET = "met"
    LEFT_OUT = "left_out"  # looked at, but in neither part of the ratio: an early hang-up of F4
    EXCLUDED = "excluded"  # taken out, for a reason
    CARRIED = "carried"  # still open: a later month judges it


@dataclass(frozen=True, slots=True)
class Listed:
    """One interaction in one level.

    day                     the local day on which it counts
    elapsed_ms              on the level's clock; none where it has no time
    reason                  why it is excluded
    numerator, denominator  what it adds to the level's; over all, they are the level's
    """

    interaction: str
    opened_at: Instant
    channel: Channel
    case_type: CaseType | None
    day: date
    place: Place
    elapsed_ms: int | None
    reason: str | None
    numerator: int
    denominator: int


def listed(
    contract: Contract,
    facts: Iterable[RecordedFact],
    calendar: WorkCalendar,
    period: Period,
    clause_id: str,
    *,
    until: Instant | None = None,
) -> tuple[Listed, ...]:
    """Every interaction that the level looks at in the period, in order of opening and id.

    Availability counts time, not interactions: it has none.

    until   as of `measure`
    raises  as `measure`, and CalendarNotPublished
    """
    context = month_context(contract, tuple(facts), calendar, period, until)
    return listed_in(context, contract, clause_id)


def listed_in(context: Context, contract: Contract, clause_id: str) -> tuple[Listed, ...]:
    """The same, of a month that is folded already; raises CalendarNotPublished."""
    clause = contract.clause(clause_id)
    if not isinstance(clause, ServiceLevel) or clause.metric is Metric.AVAILABILITY:
        return ()
    metric = agreed(clause.metric, f"{clause.id}.metric")
    judge, _ = BY_METRIC[metric]
    context = judged_in(clause, context)
    found = []
    for interaction in context.interactions:
        if interaction.opened_at >= context.end:
            break
        if concerns(clause, interaction, context.end):
            judged = judgement(clause, judge, interaction, context)
            if judged is not None:
                found.append(_listed(interaction, judged, clause, metric, context.end))
    return tuple(found)


def running_times(
    contract: Contract,
    facts: Iterable[RecordedFact],
    calendar: WorkCalendar,
    period: Period,
    clause_id: str,
) -> dict[str, int]:
    """Interaction → milliseconds on the clock of one level, of those counted with a time.

    For people who ask which ones were late, and by how much.
    """
    clause = contract.clause(clause_id)
    if not isinstance(clause, ServiceLevel) or clause.metric is Metric.AVAILABILITY:
        return {}
    context = month_context(contract, tuple(facts), calendar, period)
    return _times(clause, context)


def _times(clause: ServiceLevel, context: Context) -> dict[str, int]:
    judge, _ = BY_METRIC[agreed(clause.metric, f"{clause.id}.metric")]
    times = {}
    for interaction in context.interactions:
        if concerns(clause, interaction, context.end):
            outcome = judge(interaction, clause, context, context.end)
            if isinstance(outcome, Counted) and outcome.elapsed_ms is not None:
                times[interaction.id] = outcome.elapsed_ms
    return times


def _listed(
    interaction: Interaction,
    judged: Judgement,
    clause: ServiceLevel,
    metric: Metric,
    cutoff: Instant,
) -> Listed:
    _, ratio_of = BY_METRIC[metric]
    numerator, denominator = ratio_of(judged.summary, clause)
    outcome = judged.outcome
    return Listed(
        interaction=interaction.id,
        opened_at=interaction.opened_at,
        channel=interaction.channel,
        case_type=interaction.case_type(cutoff),
        day=judged.day,
        place=_place(outcome, denominator),
        elapsed_ms=outcome.elapsed_ms if isinstance(outcome, Counted) else None,
        reason=outcome.reason if isinstance(outcome, TakenOut) else None,
        numerator=numerator,
        denominator=denominator,
    )


def _place(outcome: Counted | TakenOut | None, denominator: int) -> Place:
    if outcome is None:
        return Place.CARRIED
    if isinstance(outcome, TakenOut):
        return Place.EXCLUDED
    if outcome.missed:
        return Place.MISSED
    return Place.MET if denominator else Place.LEFT_OUT
