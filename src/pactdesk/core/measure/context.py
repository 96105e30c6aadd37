"""What every level is measured with: the terms, the opening hours, the month, the facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from pactdesk.core.measure.exclusions import NOTHING_EXCLUDED, ExcludedTime
from pactdesk.core.measure.interactions import Interaction
from pactdesk.core.measure.intervals import Intervals
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.conventions import Conventions
from pactdesk.core.terms.clauses.service_level import Clock, ServiceLevel
from pactdesk.core.terms.durations import MILLISECONDS, Duration
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.grid import DayGrid


class LimitNotMeasurable(PactError):
    """Clause `clause` limits a time in `unit`; only s, min and h can be measured."""


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that is the same for all levels of one contract and period.

    start, end  the period as instants, in the contract's zone; `end` is also the cut-off:
                nothing that happened later decides about this period
    forecasts   (measure, month) → what was expected of it before it began
    """

    zone: ZoneInfo
    period: Period
    grid: DayGrid
    conventions: Conventions
    interactions: tuple[Interaction, ...]
    excluded: ExcludedTime
    start: Instant
    end: Instant
    forecasts: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def without_cause(self, cause: str) -> Context:
        """The same without the exclusions for one cause."""
        return replace(self, excluded=self.excluded.without(cause))

    def without_exclusions(self) -> Context:
        """The same as if both parties had excluded nothing."""
        return replace(self, excluded=NOTHING_EXCLUDED)

    def elapsed_ms(self, running: Intervals, clause: ServiceLevel) -> int:
        """Milliseconds of `running` that count for the clause's clock."""
        return sum(map(self._counting(clause), running))

    def _counting(self, clause: ServiceLevel) -> Callable[[tuple[Instant, Instant]], int]:
        if agreed(clause.clock, f"{clause.id}.clock") is Clock.WALL_CLOCK:
            return lambda interval: interval[1] - interval[0]
        return lambda interval: self.grid.elapsed(*interval)


def limit_ms(clause: ServiceLevel) -> int:
    """The N of "within N", in milliseconds."""
    path = f"{clause.id}.within"
    within: Duration | None = agreed(clause.within, path)
    if within is None:
        raise LimitNotMeasurable(clause=clause.id, unit="—")
    unit = agreed(within.unit, f"{path}.unit")
    if unit not in MILLISECONDS:
        raise LimitNotMeasurable(clause=clause.id, unit=unit.value)
    return agreed(within.n, f"{path}.n") * MILLISECONDS[unit]
