"""加价的日子和时段: days and hours of agents that cost more (`marked_days|id`, `marked_ms|id`)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from pactdesk.core.measure.intervals import Interval, Intervals, intersection, union
from pactdesk.core.measure.seat_time import clocked
from pactdesk.core.settle.counting import Counting
from pactdesk.core.settle.quantities.presence import calendar_of, days_of, grid_of, presence
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.fee_surcharge import (
    MarkedDays,
    PerPersonDay,
    Surcharge,
    TimeBand,
)
from pactdesk.core.units.instants import zone_named
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import DayKind
from pactdesk.core.worktime.hours import Window
from pactdesk.core.worktime.wallclock import wall_instant


def days(counting: Counting, clause_id: str) -> Fraction:
    """Σ over agents of the marked days on which they were there, weighted like a seat's."""
    rule = _rule(counting, clause_id)
    return sum(
        (
            share
            for by_day in presence(counting).values()
            for day, share in by_day.items()
            if _is_marked(rule.marked, day, counting)
        ),
        start=Fraction(0),
    )


def milliseconds(counting: Counting, clause_id: str) -> Fraction:
    """Seat time of all agents inside service time, the windows of marked days, and the period."""
    rule = _rule(counting, clause_id)
    assert isinstance(rule, TimeBand)  # noqa: S101 - no other rule counts hours
    opened = grid_of(counting).open_between(counting.start, counting.end)
    times = intersection(opened, _bands(rule, counting))
    return sum((each.inside(times) for each in clocked(counting.facts).values()), start=Fraction(0))


def _bands(rule: TimeBand, counting: Counting) -> Intervals:
    """A window belongs to the day on which it starts; the night before the period has one, too."""
    zone = zone_named(counting.contract.zone)
    windows = [Window.written(text) for text in agreed(rule.windows)]
    first = counting.period.start - timedelta(days=1)
    bands: list[Interval] = [
        (wall_instant(day, each.start_minute, zone), wall_instant(day, each.end_minute, zone))
        for day in days_of(Period(first, counting.period.end))
        if _is_marked(rule.marked, day, counting)
        for each in windows
    ]
    return union(bands)


def _rule(counting: Counting, clause_id: str) -> PerPersonDay | TimeBand:
    clause = counting.contract.clause(clause_id)
    assert isinstance(clause, Surcharge)  # noqa: S101 - the trace of no other clause asks
    rule = agreed(clause.rule, f"{clause_id}.rule")
    assert isinstance(rule, PerPersonDay | TimeBand)  # noqa: S101 - same
    return rule


def _is_marked(marked: MarkedDays, day: date, counting: Counting) -> bool:
    if day in agreed(marked.dates):
        return True
    is_wanted = agreed(marked.holidays)
    return is_wanted and calendar_of(counting).kind_of(day) is DayKind.HOLIDAY
