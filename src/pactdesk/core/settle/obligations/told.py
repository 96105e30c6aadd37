"""What the facts up to a day say that obligations ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from pactdesk.core.facts.fact import RecordedFact, as_happened
from pactdesk.core.facts.families.life import ContractStep, DutyDone
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.names import ContractEvent, DutyEvent, FactKind
from pactdesk.core.measure.measuring import Measured as MeasuredDays
from pactdesk.core.measure.seat_time import SeatTime
from pactdesk.core.settle.correcting import corrected
from pactdesk.core.settle.counting import Counting
from pactdesk.core.settle.ledger import EarlierStatement, ledger
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import day_start, local_day, zone_named
from pactdesk.core.units.periods import Period, add_days
from pactdesk.core.worktime.calendars import CalendarNotPublished, WorkCalendar

M = TypeVar("M", bound=Measured)
Dated = tuple[date, M]


@dataclass(frozen=True)
class Told:
    """One contract on the evening of `on`: nothing later is known.

    signed  with all its amendments: of the past is owed what the terms of its days say
    facts   all of the contract, of any time
    """

    signed: Contract
    facts: tuple[RecordedFact, ...]
    calendar: WorkCalendar
    on: date

    @cached_property
    def contract(self) -> Contract:
        """The terms in force on the day."""
        return self.signed.on(self.on)

    def of(self, kind: type[M]) -> list[Dated[M]]:
        """(local day, detail) of every fact of a kind until `on`, in the order of facts."""
        zone = zone_named(self.contract.zone)
        end = day_start(self.on + timedelta(days=1), zone)
        return [
            (local_day(each.fact.occurred_at, zone), each.fact.detail)
            for each in as_happened(self.facts, FactKind(kind.kind))
            if each.fact.occurred_at < end and isinstance(each.fact.detail, kind)
        ]

    @cached_property
    def known(self) -> tuple[RecordedFact, ...]:
        """What had happened by the evening of `on`."""
        end = day_start(self.on + timedelta(days=1), zone_named(self.contract.zone))
        return tuple(each for each in self.facts if each.fact.occurred_at < end)

    @cached_property
    def statements(self) -> tuple[EarlierStatement, ...]:
        """Issued statements with due days and payments as known on `on`."""
        following = Period.month(f"{self.on + timedelta(days=31):%Y-%m}")
        return ledger(self.known, self.signed, self.calendar, following)

    @cached_property
    def judged(self) -> tuple[EarlierStatement, ...]:
        """The same, with the verdicts that turned since by what came to light later."""
        return corrected(self.statements, self.signed, self.known, self.calendar)

    @cached_property
    def counting(self) -> Counting:
        """What quantities are counted from, on this day; nothing of it was measured."""
        day = Period(self.on, add_days(self.on, 1))
        return Counting(
            contract=self.contract,
            period=day,
            facts=self.known,
            measured=MeasuredDays(day, levels=(), seat_time=SeatTime({}, ()), open_ms=0),
            ledger=(),
            calendar=self.calendar,
            signed=self.signed,
        )

    @cached_property
    def steps(self) -> list[Dated[ContractStep]]:
        """The steps in the contract's life."""
        return self.of(ContractStep)

    def step(self, event: ContractEvent) -> Dated[ContractStep] | None:
        """The last step of that kind."""
        found = [each for each in self.steps if each[1].event is event]
        return found[-1] if found else None

    def done(self, clause: str, instance: str) -> tuple[date, DutyEvent] | None:
        """When an instance of a duty was done or waived, if it was."""
        for day, duty in self.of(DutyDone):
            is_ended = duty.event is not DutyEvent.ASKED
            if is_ended and (duty.clause, duty.instance) == (clause, instance):
                return day, duty.event
        return None

    @cached_property
    def start(self) -> date:
        """The first day of the term."""
        term = self.contract.one(TermPeriod)
        return agreed(term.start, f"{term.id}.start")

    @cached_property
    def end(self) -> date:
        """The last day of the term, renewals counted; earlier when it was terminated."""
        term = self.contract.one(TermPeriod)
        last = agreed(term.end, f"{term.id}.end")
        renewed = [s.until for _, s in self.steps if s.event is ContractEvent.RENEWED and s.until]
        if renewed:
            last = max(last, date.fromisoformat(renewed[-1]))
        ended = self.step(ContractEvent.TERMINATED)
        if ended is not None:
            day, step = ended
            last = min(last, date.fromisoformat(step.until) if step.until else day)
        return last

    def reckoned(self, count: Callable[[], date | None]) -> tuple[date | None, str | None]:
        """(last day, what it waits for): a calendar that is not published is no reason to fail."""
        try:
            return count(), None
        except CalendarNotPublished as missing:
            return None, f"calendar {missing.year}"


def months_until(told: Told, last: date) -> Iterable[Period]:
    """The months of the term up to the one that holds `last`."""
    month = Period.month(f"{told.start:%Y-%m}")
    while month.start <= min(last, told.end):
        yield month
        month = Period.month(f"{month.end:%Y-%m}")
