"""Facts and terms in, levels out: the measured month of one contract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.measure.context import Context
from pactdesk.core.measure.exclusions import excluded_time
from pactdesk.core.measure.forecast import forecasts, judged_in
from pactdesk.core.measure.interactions import interactions
from pactdesk.core.measure.intervals import Intervals, total
from pactdesk.core.measure.judging import BY_METRIC, concerns, judgement
from pactdesk.core.measure.level import Level, Standing, with_raw
from pactdesk.core.measure.levels import availability
from pactdesk.core.measure.levels.outcome import JudgeOne
from pactdesk.core.measure.opening import opening_hours
from pactdesk.core.measure.seat_time import SeatTime, seat_time
from pactdesk.core.measure.summary import Summary, merged
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.conventions import Conventions, ZeroVolume
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant, day_start, local_day, zone_named
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import CalendarNotPublished, WorkCalendar
from pactdesk.core.worktime.grid import DayGrid


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
    contract: Contract,
    facts: Iterable[RecordedFact],
    calendar: WorkCalendar,
    period: Period,
    *,
    until: Instant | None = None,
) -> Measured:
    """Every service level of the contract over `period`, and the seat time.

    facts   all facts of the contract that count, in any order; later than the period is fine
    until   as if the period ended at this instant, should that be earlier: the month so far
    raises  BlankLeft, ClauseMissing; CalendarNotPublished when the period's own opening hours
            need a day that is not published
    """
    kept = tuple(facts)
    context = month_context(contract, kept, calendar, period, until)
    opened: Intervals = tuple(context.grid.open_between(context.start, context.end))
    seen = availability.observed(kept)
    return Measured(
        period=period,
        levels=tuple(_level(each, context, seen) for each in contract.of_kind(ServiceLevel)),
        seat_time=seat_time(kept, opened, (context.start, context.end)),
        open_ms=total(opened),
    )


def month_context(
    contract: Contract,
    facts: tuple[RecordedFact, ...],
    calendar: WorkCalendar,
    period: Period,
    until: Instant | None = None,
) -> Context:
    """What the levels of the period are measured with; arguments as of `measure`."""
    zone = zone_named(contract.zone)
    start, end = day_start(period.start, zone), day_start(period.end, zone)
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
        start=start,
        end=end if until is None else max(start, min(end, until)),
        forecasts=forecasts(facts, zone),
    )


def _level(clause: ServiceLevel, context: Context, seen: availability.Observed) -> Level:
    metric = agreed(clause.metric, f"{clause.id}.metric")
    try:
        judged = judged_in(clause, context)
        level = _measured(clause, metric, judged, seen)
        if judged.excluded.concerns(clause.id):
            raw = _measured(clause, metric, judged.without_exclusions(), seen)
            return with_raw(level, raw)
        return level
    except CalendarNotPublished as missing:
        return Level(
            clause_id=clause.id,
            metric=metric,
            standing=Standing.PROVISIONAL,
            reason="calendar_not_published",
            details={"year": str(missing.year)},
        )


def _measured(
    clause: ServiceLevel, metric: Metric, context: Context, seen: availability.Observed
) -> Level:
    if metric is Metric.AVAILABILITY:
        return _availability(clause, context, seen)
    return _counted(clause, metric, context)


def _counted(clause: ServiceLevel, metric: Metric, context: Context) -> Level:
    judge, ratio_of = BY_METRIC[metric]
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
        if concerns(clause, interaction, context.end):
            judged = judgement(clause, judge, interaction, context)
            if judged is not None:
                by_day[judged.day].append(judged.summary)
    return {day: merged(tuple(by_day[day])) for day in sorted(by_day)}
