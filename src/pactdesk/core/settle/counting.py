"""What quantities are counted from: the facts that count, in one stretch of days of a month."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.measure.interactions import Interaction, interactions
from pactdesk.core.measure.measuring import Measured
from pactdesk.core.settle.ledger import EarlierStatement
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant, day_start, zone_named
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar


@dataclass(frozen=True)
class Records:
    """What a statement counts beside its levels: all sealed facts, and the working calendar.

    until  as if the month ended at this instant, should that be earlier
    """

    facts: tuple[RecordedFact, ...] = ()
    calendar: WorkCalendar | None = None
    until: Instant | None = None

    @cached_property
    def interactions(self) -> tuple[Interaction, ...]:
        """All interactions of the facts; folded once, however many fees count them."""
        return interactions(self.facts)


NOTHING_RECORDED = Records()


@dataclass(frozen=True)
class Counting:
    """One contract and the days `period` of a month (the whole month, unless terms changed).

    facts    all that count, of any time, also later than the period: a quantity looks at those
             before `end` only
    records  whose facts they are, where several countings share what is folded from them
    signed   the contract with its amendments, for what was billed by earlier terms
    """

    contract: Contract
    period: Period
    facts: tuple[RecordedFact, ...]
    measured: Measured
    ledger: tuple[EarlierStatement, ...]
    calendar: WorkCalendar | None = None
    records: Records | None = None
    signed: Contract | None = None

    @cached_property
    def interactions(self) -> tuple[Interaction, ...]:
        """All interactions of the facts."""
        return interactions(self.facts) if self.records is None else self.records.interactions

    @cached_property
    def start(self) -> Instant:
        """The first instant of the period, in the contract's zone."""
        return day_start(self.period.start, zone_named(self.contract.zone))

    @cached_property
    def end(self) -> Instant:
        """The first instant after the period; nothing from then on counts."""
        return day_start(self.period.end, zone_named(self.contract.zone))
