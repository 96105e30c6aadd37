"""Until when an answer is in time: counted in the contract's service hours, where it has any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from pactdesk.apps.requests.kinds import Clock
from pactdesk.calendars.china import load_china
from pactdesk.core.measure.opening import opening_hours
from pactdesk.core.terms.base import BlankLeft
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant, Milliseconds
from pactdesk.core.worktime.calendars import CalendarNotPublished
from pactdesk.core.worktime.grid import DayGrid, DeadlineOutOfReach, ServiceNeverOpens
from pactdesk.core.worktime.hours import ServiceHours as OpeningHours

_AROUND = timedelta(days=31)
WARN_NUMERATOR, WARN_DENOMINATOR = 3, 4
"""A clock warns when so much of its time is used."""


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs from `start`: it warns at `warn_at`, and `due_at` is the last instant in
    time; both none while a calendar that they need is not published.
    """

    clock: Clock
    budget_ms: int
    start: Instant
    warn_at: Instant | None
    due_at: Instant | None


def has_hours(terms: Contract) -> bool:
    """Whether the paper says when the service is open."""
    return _hours(terms) is not None


def grid_of(terms: Contract, today: date) -> DayGrid | None:
    """The open time of the contract; none where its paper says nothing of service hours."""
    hours = _hours(terms)
    if hours is None:
        return None
    return DayGrid.build(hours, load_china(), today - _AROUND, today + _AROUND)


def _hours(terms: Contract) -> OpeningHours | None:
    clause = terms.optional(ServiceHours)
    try:
        return None if clause is None else opening_hours(clause, terms.zone)
    except BlankLeft:
        return None


def running(grid: DayGrid | None, start: Instant, budget_ms: int) -> Running:
    """The clock of an answer that is asked for at `start`.

    In service hours the last instant is that of the grid's deadline: a budget that is used up at
    closing time is due then, not at the next opening.
    """
    if grid is None:
        return wall_clock(start, Instant(start + budget_ms))
    warn_ms = budget_ms * WARN_NUMERATOR // WARN_DENOMINATOR
    return Running(
        Clock.SERVICE_HOURS,
        budget_ms,
        start,
        _known(lambda: grid.deadline(start, Milliseconds(warn_ms))),
        _known(lambda: grid.deadline(start, Milliseconds(budget_ms))),
    )


def wall_clock(start: Instant, due_at: Instant) -> Running:
    """A clock in natural time."""
    budget = max(due_at - start, 0)
    warn_at = Instant(start + budget * WARN_NUMERATOR // WARN_DENOMINATOR)
    return Running(Clock.WALL_CLOCK, budget, start, warn_at, due_at)


def _known(count: Callable[[], Instant]) -> Instant | None:
    try:
        return count()
    except (CalendarNotPublished, DeadlineOutOfReach, ServiceNeverOpens):
        return None
