"""Facts and terms in, levels out: the measured month of one contract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.kinds import ClockMetric
from pactdesk.core.measure.context import Context
from pactdesk.core.measure.exclusions import excluded_time
from pactdesk.core.measure.interactions import Interaction, interactions
from pactdesk.core.measure.intervals import Intervals, total
from pactdesk.core.measure.level import Level, Standing
from pactdesk.core.measure.levels import answer, availability, csat, first_response, resolution
from pactdesk.core.measure.levels.outcome import Counted, JudgeOne, RatioOf, TakenOut
from pactdesk.core.measure.opening import opening_hours
from pactdesk.core.measure.seat_time import SeatTime, seat_time
from pactdesk.core.measure.summary import Summary, merged
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.conventions import Conventions, ZeroVolume
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.terms.clauses.service_level import Attribution, Metric, ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant, local_day, zone_named
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import CalendarNotPublished, WorkCalendar
from pactdesk.core.worktime.grid import DayGrid

_BY_METRIC: Mapping[Metric, tuple[JudgeOne, RatioOf]] = {
    Metric.FIRST_RESPONSE_SHARE: (first_response.share_outcome, first_response.share_ratio),
    Metric.FIRST_RESPONSE_AVERAGE: (first_response.average_outcome, first_response.average_ratio),
    Metric.RESOLUTION_SHARE: (resolution.share_outcome, resolution.ratio),
    Metric.RESOLUTION_RATE: (resolution.rate_outcome, resolution.ratio),
    Metric.ANSWER_SHARE: (answer.outcome, answer.ratio),
    Metric.CSAT: (csat.outcome, csat.ratio),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """The month as measured.

    open_ms  service time of the period, in milliseconds
    """

    period: Period
    levels: tuple[Level, ...]
    seat_time: SeatTime
    open_ms: int

    def level(self, clause_id: str) -> Level:
        """The level of a clause."""
        return next(level for level in self.levels if level.clause_id == clause_id)


def measure(
    contract: Contract, facts: Iterable[RecordedFact], calendar: WorkCalendar, period: Period
) -> Measured:
    """Every service level of the contract over `period`, and the seat time.

    facts   all facts of the contract that count, in any order; later than the period is fine
    raises  BlankLeft, ClauseMissing; CalendarNotPublished when the period's own opening hours
            need a day that is not published
    """
    kept = tuple(facts)
    context = _context(contract, kept, calendar, period)
    opened: Intervals = tuple(context.grid.open_between(context.start, context.end))
    seen = availability.observed(kept)
    return Measured(
        period=period,
        levels=tuple(_level(each, context, seen) for each in contract.of_kind(ServiceLevel)),
        seat_time=seat_time(kept, opened, (context.start, context.end)),
        open_ms=total(opened),
    )


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
    judge, _ = _BY_METRIC[agreed(clause.metric, f"{clause.id}.metric")]
    context = _context(contract, tuple(facts), calendar, period)
    times = {}
    for interaction in context.interactions:
        if _concerns(clause, interaction):
            outcome = judge(interaction, clause, context, context.end)
            if isinstance(outcome, Counted) and outcome.elapsed_ms is not None:
                times[interaction.id] = outcome.elapsed_ms
    return times


def _context(
    contract: Contract, facts: tuple[RecordedFact, ...], calendar: WorkCalendar, period: Period
) -> Context:
    zone = zone_named(contract.zone)
    folded = interactions(facts)
    first_day = min([period.start, *(local_day(each.opened_at, zone) for each in folded[:1])])
    hours = opening_hours(contract.one(ServiceHours), contract.zone)
    return Context(
        zone=zone,
        period=period,
        grid=DayGrid.build(hours, calendar, first_day, period.last_day),
        conventions=contract.one(Conventions),
        interactions=folded,
        excluded=excluded_time(facts),
    )


def _level(clause: ServiceLevel, context: Context, seen: availability.Observed) -> Level:
    metric = agreed(clause.metric, f"{clause.id}.metric")
    try:
        if metric is Metric.AVAILABILITY:
            return _availability(clause, context, seen)
        return _counted(clause, metric, context)
    except CalendarNotPublished as missing:
        return Level(
            clause_id=clause.id,
            metric=metric,
            standing=Standing.PROVISIONAL,
            reason="calendar_not_published",
            details={"year": str(missing.year)},
        )


def _counted(clause: ServiceLevel, metric: Metric, context: Context) -> Level:
    judge, ratio_of = _BY_METRIC[metric]
    by_day = _summaries(clause, judge, context)
    month = merged(tuple(by_day.values()))
    numerator, denominator = ratio_of(month, clause)
    standing, reason, details = _standing(clause.minimum_sample or 0, denominator, context)
    return Level(
        clause_id=clause.id,
        metric=metric,
        standing=standing,
        numerator=numerator,
        denominator=denominator,
        carried=month.carried,
        excluded=month.excluded,
        histogram=month.histogram,
        by_day={day: ratio_of(each, clause) for day, each in by_day.items()},
        missed=month.missed,
        reason=reason,
        details=details,
    )


def _availability(clause: ServiceLevel, context: Context, seen: availability.Observed) -> Level:
    time = availability.uptime(seen, clause, context)
    known = time.up + time.down
    standing, reason, details = _standing(0, known, context)
    if known == 0 and time.unknown > 0:
        standing, reason, details = Standing.NOT_MEASURED, "no_probe", {}
    return Level(
        clause_id=clause.id,
        metric=Metric.AVAILABILITY,
        standing=standing,
        numerator=time.up,
        denominator=known,
        unknown=time.unknown,
        excluded={"exclusion_ms": time.excluded} if time.excluded else {},
        by_day=time.by_day,
        reason=reason,
        details=details,
    )


def _standing(
    minimum: int, denominator: int, context: Context
) -> tuple[Standing, str | None, dict[str, str]]:
    if denominator < minimum:
        details = {"count": str(denominator), "minimum": str(minimum)}
        return Standing.NOT_JUDGED, "sample_too_small", details
    conventions = context.conventions
    if denominator == 0:
        rule = agreed(conventions.zero_volume, f"{conventions.id}.zero_volume")
        if rule is ZeroVolume.NOT_JUDGED:
            return Standing.NOT_JUDGED, "nothing_to_judge", {}
    return Standing.MEASURED, None, {}


def _summaries(clause: ServiceLevel, judge: JudgeOne, context: Context) -> dict[date, Summary]:
    """Local day → summary of the interactions that this period judges on that day."""
    by_day: dict[date, list[Summary]] = defaultdict(list)
    for interaction in context.interactions:
        if interaction.opened_at >= context.end:
            break  # they are in order of opening
        if _concerns(clause, interaction):
            judged = _judged(clause, judge, interaction, context)
            if judged is not None:
                by_day[judged[0]].append(judged[1])
    return {day: merged(tuple(by_day[day])) for day in sorted(by_day)}


def _concerns(clause: ServiceLevel, interaction: Interaction) -> bool:
    of_channel = clause.channel in (None, interaction.channel)
    return of_channel and clause.case_type in (None, interaction.case_type)


def _judged(
    clause: ServiceLevel, judge: JudgeOne, interaction: Interaction, context: Context
) -> tuple[date, Summary] | None:
    """The day and the summary of one interaction; None when another period judges it.

    An interaction belongs to the period of its attribution instant. If it was still pending
    when that period ended, it was carried, and the first period at whose end it no longer is
    pending judges it, on that period's first day. So it is judged exactly once.
    """
    at = _attributed_at(clause, interaction, context.end)
    if at is None or at >= context.end:
        return None
    if at >= context.start:
        day = local_day(at, context.zone)
    elif judge(interaction, clause, context, context.start) == "pending":
        day = context.period.start
    else:
        return None
    cause = context.excluded.cause(at, clause.id)
    if cause is not None:
        return day, Summary(excluded={cause: 1})
    match judge(interaction, clause, context, context.end):
        case Counted() as counted:
            missed = interaction.id if counted.missed else None
            return day, Summary.of(counted.name, elapsed_ms=counted.elapsed_ms, missed=missed)
        case TakenOut() as out:
            return day, Summary(excluded={out.reason: 1})
        case _:
            return day, Summary(carried=1)


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
