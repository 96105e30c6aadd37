"""Until when a promise is kept: the measuring of a level, asked beforehand.

A running clock stops at the same millisecond at which `first_response` and `resolution` begin to
count a miss, because both use the same running intervals and the same grid of service hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pactdesk.core.facts.kinds import ClockMetric
from pactdesk.core.measure.clock import ClockRun
from pactdesk.core.measure.context import limit_ms
from pactdesk.core.measure.interactions import Interaction
from pactdesk.core.measure.intervals import Interval
from pactdesk.core.terms.base import Blank, agreed
from pactdesk.core.terms.clauses.service_level import Clock, Metric, ServiceLevel
from pactdesk.core.units.instants import Instant, Milliseconds
from pactdesk.core.worktime.calendars import CalendarNotPublished
from pactdesk.core.worktime.grid import DayGrid

CLOCKS = {
    Metric.FIRST_RESPONSE_SHARE: ClockMetric.FIRST_RESPONSE,
    Metric.RESOLUTION_SHARE: ClockMetric.RESOLUTION,
}
"""The levels that give every single interaction a limit, and the clock that they look at."""


class Promise(StrEnum):
    """What has become of the limit of one interaction."""

    RUNNING = "running"
    PAUSED = "paused"
    KEPT = "kept"
    BROKEN = "broken"
    UNKNOWN = "unknown"  # needs a day whose calendar is not published


@dataclass(frozen=True, slots=True)
class Deadline:
    """How one interaction stands to one level, at an instant.

    used_ms  on the clock until then (until it was fulfilled); None when unknown
    due_at   the last instant at which fulfilling it is in time, if the clock goes on running;
             of a broken promise the one that passed; None while paused, once kept, or unknown
    """

    clause: ServiceLevel
    state: Promise
    limit_ms: int
    used_ms: int | None = None
    due_at: Instant | None = None

    @property
    def left_ms(self) -> int:
        """What remains of the limit; negative once it is overrun."""
        return self.limit_ms - (self.used_ms or 0)


def promises(
    levels: tuple[ServiceLevel, ...], interaction: Interaction, at: Instant
) -> list[ServiceLevel]:
    """The levels that set a limit to this interaction, by what is known of it at `at`."""
    case_type = interaction.case_type(Instant(at + 1))
    return [
        each
        for each in levels
        if not isinstance(each.metric, Blank)
        and each.metric in CLOCKS
        and each.channel in (None, interaction.channel)
        and each.case_type in (None, case_type)
    ]


def deadline(
    clause: ServiceLevel, interaction: Interaction, grid: DayGrid, at: Instant
) -> Deadline | None:
    """How the interaction stands to the level at `at`; None before its clock starts.

    clause  one of `promises`
    raises  BlankLeft, LimitNotMeasurable, InstantOutOfReach
    """
    metric = CLOCKS[agreed(clause.metric, f"{clause.id}.metric")]
    # What happens in this very millisecond has happened.
    cutoff = Instant(at + 1)
    run = interaction.run(metric, cutoff)
    if run is None:
        return None
    limit = limit_ms(clause)
    told = _run_until_progress(clause, interaction, cutoff)
    closed = interaction.was_closed(cutoff, run)
    try:
        if told is not None:
            used = _ServiceTime(clause, grid).total(list(told.running))
            state = Promise.KEPT if used <= limit else Promise.BROKEN
            return Deadline(clause, state, limit, used)
        return _standing(clause, run, limit, grid, at, closed=closed)
    except CalendarNotPublished:
        return Deadline(clause, Promise.UNKNOWN, limit)


def _run_until_progress(
    clause: ServiceLevel, interaction: Interaction, cutoff: Instant
) -> ClockRun | None:
    """The run that ended with clear progress, where that is as good as the solution."""
    told_at = interaction.progress_at(cutoff) if clause.or_progress else None
    run = interaction.run(ClockMetric.RESOLUTION, told_at) if told_at else None
    return run if run is not None and run.fulfilled_at is None else None


def _standing(
    clause: ServiceLevel, run: ClockRun, limit: int, grid: DayGrid, at: Instant, *, closed: bool
) -> Deadline:
    counts = _ServiceTime(clause, grid)
    runs = run.fulfilled_at is None and run.running[-1][1] == at + 1
    past = [*run.running[:-1], (run.running[-1][0], at)] if runs else list(run.running)
    used = counts.total(past)
    if run.fulfilled_at is not None:
        state = Promise.KEPT if used <= limit else Promise.BROKEN
        return Deadline(clause, state, limit, used)
    if used > limit:
        return Deadline(clause, Promise.BROKEN, limit, used, counts.passed_at(past, limit))
    if closed:
        # Closed without the answer: the measuring counts a miss, however fast it was.
        return Deadline(clause, Promise.BROKEN, limit, used)
    if not runs:
        return Deadline(clause, Promise.PAUSED, limit, used)
    return Deadline(clause, Promise.RUNNING, limit, used, counts.last_within(at, limit - used))


@dataclass(frozen=True, slots=True)
class _ServiceTime:
    """What counts for the clock of a level: service time, or all time."""

    clause: ServiceLevel
    grid: DayGrid

    def total(self, running: list[Interval]) -> int:
        return sum(self._between(start, end) for start, end in running)

    def passed_at(self, running: list[Interval], limit: int) -> Instant:
        """The last instant at which the limit was not overrun yet."""
        left = limit
        for start, end in running:
            spent = self._between(start, end)
            if spent > left:
                return self.last_within(start, left)
            left -= spent
        return running[-1][1]

    def last_within(self, start: Instant, budget: int) -> Instant:
        """The last instant before more than `budget` has passed since `start`.

        A limit that is used up at closing time is kept until the desk opens again.
        """
        if self._is_wall_clock:
            return Instant(start + budget)
        return Instant(self.grid.deadline(start, Milliseconds(budget + 1)) - 1)

    @property
    def _is_wall_clock(self) -> bool:
        return agreed(self.clause.clock, f"{self.clause.id}.clock") is Clock.WALL_CLOCK

    def _between(self, start: Instant, end: Instant) -> int:
        return end - start if self._is_wall_clock else self.grid.elapsed(start, end)
