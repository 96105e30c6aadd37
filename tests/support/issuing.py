"""Months that are issued one after another from a list of facts, without a sealed log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.settle.adjusting import adjusted
from pactdesk.core.settle.issuing import issued_fact, made_fact
from pactdesk.core.settle.so_far import so_far
from pactdesk.core.settle.statement import Pins, Statement, settle
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant, day_start
from pactdesk.core.units.periods import Period
from tests.support.facts import SHANGHAI


class Issuing:
    """What `House` does with a log that is sealed: here the facts alone, so that laws are fast."""

    def __init__(self, contract: Contract, facts: Iterable[RecordedFact]) -> None:
        self.contract, self.facts = contract, list(facts)
        self.issued: list[Statement] = []

    def known(self, day: date) -> tuple[RecordedFact, ...]:
        """What was recorded by the end of the day."""
        end = day_start(day + timedelta(days=1), SHANGHAI)
        return tuple(each for each in self.facts if each.recorded_at < end)

    def issue(self, month: str, day: date) -> Statement:
        """The statement from the facts of `day`, issued on the morning after it."""
        held, facts, calendar = self.contract.signed_by(day), self.known(day), load_china()
        made_of = so_far(held, facts, calendar, Period.month(month))
        pins = Pins("0" * 64, "1" * 64, day.isoformat(), 1, "2" * 64)
        own = settle(held, made_of.measured, made_of.ledger, pins, made_of.records)
        statement = adjusted(own, held, facts, calendar)
        at = Instant(day_start(day + timedelta(days=1), SHANGHAI) + 3_600_000)
        told = (issued_fact(statement, at=at), made_fact(statement, at=at))
        self.facts += [RecordedFact(each, at) for each in told]
        self.issued.append(statement)
        return statement
