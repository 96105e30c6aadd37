"""What every process of a simulation shares: the clock, the terms, the scenario, the recorder."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from simpy import Environment, Event, Timeout

from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant, day_start
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.core.worktime.grid import DayGrid
from pactdesk.core.worktime.wallclock import wall_instant
from pactdesk.simulate.chance import Chance
from pactdesk.simulate.parts import Incident
from pactdesk.simulate.record import Recorder
from pactdesk.simulate.scenario import Scenario

Process = Generator[Event, Any, None]
"""A simpy process: what a person or system does, one wait after another."""


@dataclass(slots=True)
class World:
    """One simulated period; the clock of `env` is an Instant."""

    env: Environment
    contract: Contract
    calendar: WorkCalendar
    period: Period
    scenario: Scenario
    seed: int
    grid: DayGrid
    zone: ZoneInfo
    recorder: Recorder
    open_days: tuple[date, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.open_days = tuple(day for day in self.period if self.grid.open_ms_on(day))

    @property
    def now(self) -> Instant:
        """The simulated time."""
        return Instant(self.env.now)  # type: ignore[arg-type]  # starts whole, moves by whole steps

    def chance(self, *name: object) -> Chance:
        """The stream of draws of this name."""
        return Chance(self.seed, *name)

    def until(self, at: int) -> Timeout:
        """A wait until `at`; none if that has passed."""
        return self.env.timeout(max(0, at - self.now))

    def open_day(self, number: int) -> date | None:
        """The `number`-th day with service hours, from 1; None when the period has fewer."""
        return self.open_days[number - 1] if number <= len(self.open_days) else None

    def span(self, incident: Incident) -> tuple[Instant, Instant] | None:
        """Start and end of an incident; None when its day is not in the period."""
        day = self.open_day(incident.open_day)
        if day is None:
            return None
        hour, minute = map(int, incident.at.split(":"))
        start = wall_instant(day, 60 * hour + minute, self.zone)
        return start, Instant(start + 60_000 * incident.minutes)

    def hours_of(self, day: date) -> tuple[tuple[Instant, Instant], ...]:
        """The open stretches of one calendar day."""
        following = day_start(day + timedelta(days=1), self.zone)
        return self.grid.open_between(day_start(day, self.zone), following)

    def closes_at(self) -> Instant:
        """The end of the open stretch that holds now; now itself while closed."""
        tomorrow = Instant(self.now + 86_400_000)
        first = next(iter(self.grid.open_between(self.now, tomorrow)), None)
        return first[1] if first and first[0] == self.now else self.now
