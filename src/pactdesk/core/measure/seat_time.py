"""Seat time (服务工时): how long agents were clocked in for this contract, inside service hours.

Source: seed E 2.1.2, DESIGN (conservation). A `clock_in` without its `clock_out` counts nothing
and is listed: a forgotten card is settled by the parties, not guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pactdesk.core.facts.fact import RecordedFact, as_happened
from pactdesk.core.facts.kinds import Assignment, Attendance, AttendanceEvent, FactKind
from pactdesk.core.measure.intervals import Interval, Intervals, intersection, total, union
from pactdesk.core.units.exact import exact_value
from pactdesk.core.units.instants import Instant

Shares = list[tuple[Instant, Fraction]]
"""From which instant on which share of an agent's time; before the first, all of it."""


@dataclass(frozen=True, slots=True)
class Clocked:
    """One agent's time at work.

    sessions  from clock-in to clock-out
    shares    as `Shares`
    lonely    attendance facts without a partner
    """

    sessions: Intervals
    shares: tuple[tuple[Instant, Fraction], ...]
    lonely: tuple[Instant, ...]

    def inside(self, times: Intervals) -> Fraction:
        """Milliseconds of work inside `times` (sorted, disjoint), weighted with the shares."""
        return _shared(intersection(self.sessions, times), self.shares)


@dataclass(frozen=True, slots=True)
class SeatTime:
    """by_agent  agent → milliseconds, exact (shares make fractions)
    unpaired  attendance facts without a partner, as (agent, instant)
    """

    by_agent: Mapping[str, Fraction]
    unpaired: tuple[tuple[str, Instant], ...]

    @property
    def total_ms(self) -> Fraction:
        """Over all agents."""
        return sum(self.by_agent.values(), start=Fraction(0))


def seat_time(facts: Iterable[RecordedFact], opened: Intervals, period: Interval) -> SeatTime:
    """Seat time inside `opened`, the open hours of the period (sorted, disjoint).

    Sessions pair over the ends of the period; of what has no partner, the period's is listed.
    """
    by_agent: dict[str, Fraction] = {}
    unpaired: list[tuple[str, Instant]] = []
    for agent, times in clocked(facts).items():
        by_agent[agent] = times.inside(opened)
        unpaired += [(agent, at) for at in times.lonely if period[0] <= at < period[1]]
    return SeatTime({a: ms for a, ms in by_agent.items() if ms}, tuple(unpaired))


def clocked(facts: Iterable[RecordedFact]) -> Mapping[str, Clocked]:
    """Agent → all times at work, by name."""
    events: dict[str, list[tuple[Instant, AttendanceEvent]]] = defaultdict(list)
    shares: dict[str, Shares] = defaultdict(list)
    for each in as_happened(facts, FactKind.ATTENDANCE, FactKind.ASSIGNMENT):
        match each.fact.detail:
            case Attendance() as attendance:
                events[attendance.agent].append((each.fact.occurred_at, attendance.event))
            case Assignment() as assignment:
                share = exact_value(assignment.share)
                shares[assignment.agent].append((each.fact.occurred_at, share))
            case _:
                pass
    by_agent: dict[str, Clocked] = {}
    for agent in sorted(events):
        sessions, lonely = paired(events[agent])
        by_agent[agent] = Clocked(union(sessions), tuple(shares[agent]), tuple(lonely))
    return by_agent


def paired(
    events: Iterable[tuple[Instant, AttendanceEvent]],
) -> tuple[list[Interval], list[Instant]]:
    """Pairs in and out; a second clock-in drops the first, an out without an in is dropped."""
    sessions: list[Interval] = []
    lonely: list[Instant] = []
    since: Instant | None = None
    for at, event in events:
        if event is AttendanceEvent.CLOCK_IN:
            if since is not None:
                lonely.append(since)
            since = at
        elif since is None:
            lonely.append(at)
        else:
            sessions.append((since, at))
            since = None
    if since is not None:
        lonely.append(since)
    return sessions, lonely


def _shared(worked: Intervals, shares: Sequence[tuple[Instant, Fraction]]) -> Fraction:
    """Milliseconds weighted with the share that held at the time."""
    if not worked:
        return Fraction(0)
    first, last = worked[0][0], worked[-1][1]
    starts = [(first, Fraction(1)), *((max(at, first), share) for at, share in shares)]
    weighted = Fraction(0)
    for index, (start, share) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else last
        if start < end:
            weighted += share * total(intersection(worked, ((start, end),)))
    return weighted
