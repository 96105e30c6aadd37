"""Availability (可用率): up time ÷ observed service time, from probes.

Source: seed B 2.1(2), PRACTICE 1 可用率. Where probes overlap, down wins. Service time without a
probe is *unknown*: neither up nor down, and the verdict waits if it could turn on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pactdesk.core.facts.fact import RecordedFact, as_happened
from pactdesk.core.facts.kinds import FactKind, Probe
from pactdesk.core.measure.context import Context
from pactdesk.core.measure.intervals import (
    Interval,
    Intervals,
    difference,
    intersection,
    total,
    union,
)
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.units.instants import Instant, Milliseconds, day_start, local_day


@dataclass(frozen=True, slots=True)
class Observed:
    """The states that probes saw, as sorted disjoint intervals; `up` and `down` never overlap."""

    up: Intervals
    down: Intervals


@dataclass(frozen=True, slots=True)
class Uptime:
    """Milliseconds of service time: up, down, unknown; and what was excluded."""

    up: Milliseconds
    down: Milliseconds
    unknown: Milliseconds
    excluded: Milliseconds
    by_day: dict[date, tuple[int, int]]


def observed(facts: Iterable[RecordedFact]) -> Observed:
    """What the probes among the facts say."""
    up: list[Interval] = []
    down: list[Interval] = []
    for each in as_happened(facts, FactKind.PROBE):
        probe = each.fact.detail
        if isinstance(probe, Probe):
            start = each.fact.occurred_at
            (up if probe.up else down).append((start, Instant(start + probe.covers_ms)))
    seen_down = union(down)
    return Observed(difference(union(up), seen_down), seen_down)


def uptime(seen: Observed, clause: ServiceLevel, context: Context) -> Uptime:
    """The service time of the period, split by what was seen."""
    opened: Intervals = tuple(context.grid.open_between(context.start, context.end))
    judged = difference(opened, context.excluded.intervals(clause.id))
    up, down = intersection(judged, seen.up), intersection(judged, seen.down)
    known = Milliseconds(total(up) + total(down))
    return Uptime(
        up=total(up),
        down=total(down),
        unknown=Milliseconds(total(judged) - known),
        excluded=Milliseconds(total(opened) - total(judged)),
        by_day=_by_day(up, down, context),
    )


def _by_day(up: Intervals, down: Intervals, context: Context) -> dict[date, tuple[int, int]]:
    days: dict[date, tuple[int, int]] = {}
    for kind, intervals in (("up", up), ("down", down)):
        for start, end in intervals:
            for day, length in _split(start, end, context):
                good, whole = days.get(day, (0, 0))
                days[day] = (good + (length if kind == "up" else 0), whole + length)
    return dict(sorted(days.items()))


def _split(start: Instant, end: Instant, context: Context) -> Iterable[tuple[date, int]]:
    """The parts of an interval by local day."""
    at = start
    while at < end:
        day = local_day(at, context.zone)
        following = min(end, day_start(date.fromordinal(day.toordinal() + 1), context.zone))
        yield day, following - at
        at = following
