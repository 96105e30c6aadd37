"""The month as measured and judged, whole or in its stretches: what lines are made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from pactdesk.core.measure.measuring import Measured, measure
from pactdesk.core.measure.seat_time import SeatTime
from pactdesk.core.settle.assessment import Assessed, assess, assess_one
from pactdesk.core.settle.counting import Records
from pactdesk.core.settle.ledger import EarlierStatement
from pactdesk.core.settle.stretches import Split, Stretch
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant
from pactdesk.core.units.periods import Period


class FactsNeeded(PactError):
    """`period` is settled in stretches, for which the facts must be measured again."""


@dataclass(slots=True)
class Parts:
    """Measures any days of a month by any of its terms, each of them once.

    whole    the month, measured already; None to measure it when it is asked for
    """

    split: Split
    ledger: tuple[EarlierStatement, ...]
    records: Records
    whole: Measured | None = None
    _known: dict[tuple[int, Period], Measured] = field(default_factory=dict)
    _judged: dict[tuple[int, Period], tuple[Assessed, ...]] = field(default_factory=dict)

    def over(self, contract: Contract, days: Period) -> Measured:
        """The days, measured by these terms of the month."""
        if self.whole is not None and self.split.is_whole:
            return self.whole
        key = (id(contract), days)  # the versions live as long as the split
        if key not in self._known:
            if self.records.calendar is None:
                raise FactsNeeded(period=str(self.split.month))
            self._known[key] = measure(
                contract, self.records.facts, self.records.calendar, days, until=self.records.until
            )
        return self._known[key]

    def month(self) -> Measured:
        """All levels, each for its own days; hours and seat time of all served days."""
        split = self.split
        if split.is_whole:
            return self.over(split.last, split.month)
        hours = (each for id_ in split.ids(ServiceHours) for each in split.stretches(id_))
        timed = [self.over(each.contract, each.days) for each in hours]
        return Measured(
            period=split.month,
            levels=tuple(
                replace(
                    self.over(each.contract, each.over).level(clause),
                    days=split.told(each.days),
                    judged=each.judged,
                )
                for clause, each in self.levels()
            ),
            seat_time=_together(each.seat_time for each in timed),
            open_ms=sum(each.open_ms for each in timed),
        )

    def levels(self) -> Iterable[tuple[str, Stretch]]:
        """Every level of the month with its stretches."""
        for clause in self.split.ids(ServiceLevel):
            for stretch in self.split.stretches(clause):
                yield clause, stretch

    def assessed(self) -> tuple[Assessed, ...]:
        """The levels of `month`, judged each by its own terms."""
        split = self.split
        levels = self.month().levels
        if split.is_whole:
            return assess(split.last, levels, self.ledger, split.month)
        stretches = (each for _, each in self.levels())
        return tuple(
            assess_one(stretch.contract, level, self.ledger, split.month)
            for stretch, level in zip(stretches, levels, strict=True)
        )

    def assessed_over(self, stretch: Stretch) -> tuple[Assessed, ...]:
        """All levels, measured and judged on the days and by the terms of a stretch."""
        key = (id(stretch.contract), stretch.over)
        if key not in self._judged:
            levels = self.over(stretch.contract, stretch.over).levels
            assessed = assess(stretch.contract, levels, self.ledger, self.split.month)
            self._judged[key] = assessed
        return self._judged[key]


def _together(parts: Iterable[SeatTime]) -> SeatTime:
    by_agent: dict[str, Fraction] = {}
    unpaired: list[tuple[str, Instant]] = []
    for part in parts:
        for agent, ms in part.by_agent.items():
            by_agent[agent] = by_agent.get(agent, Fraction(0)) + ms
        unpaired += part.unpaired
    return SeatTime(dict(sorted(by_agent.items())), tuple(sorted(unpaired)))
