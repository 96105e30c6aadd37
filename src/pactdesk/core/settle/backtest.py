"""What other terms would have paid: the same facts settled by several versions of a contract.

Nothing is issued: earlier statements, payments and what was asked for are those of the facts, the
same for every version, and late facts are simply known. What follows from an issued total, such as
a late fee, therefore follows from what was really billed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.settle.late_facts import NEVER_REFUSED
from pactdesk.core.settle.line import Line
from pactdesk.core.settle.so_far import so_far
from pactdesk.core.settle.statement import Pins, Statement, settle
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import local_day, zone_named
from pactdesk.core.units.money import Money
from pactdesk.core.units.periods import Period, add_months
from pactdesk.core.worktime.calendars import WorkCalendar

_NO_PINS = Pins("", "", "", 0, "")
LineName = tuple[str, str]
"""kind, clause: what makes lines of several versions the same line"""


class MonthsReversed(PactError):
    """The months asked for end (`last`) before they begin (`first`)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A month by one version: a statement, or why there would be none."""

    month: Period
    statement: Statement | None
    refused: PactError | None = None

    @property
    def amounts(self) -> dict[LineName, Money]:
        """Each line, its stretches added up."""
        found: dict[LineName, Money] = {}
        for line in self.lines:
            name = (line.kind, line.clause)
            found[name] = found.get(name, Money(0, line.currency)) + line.amount
        return found

    @property
    def lines(self) -> tuple[Line, ...]:
        """None where nothing could be settled."""
        return () if self.statement is None else self.statement.lines

    @property
    def total_fen(self) -> int | None:
        """What the client would have owed; None where nothing could be settled."""
        return None if self.statement is None else self.statement.total.fen


@dataclass(frozen=True, slots=True)
class Tested:
    """One version over all months; `name` is what people call it."""

    name: str
    contract: Contract
    outcomes: tuple[Outcome, ...] = field(default=())

    @property
    def total_fen(self) -> int:
        """Over the months that could be settled."""
        return sum(each.total_fen or 0 for each in self.outcomes)


def backtest(
    versions: Iterable[tuple[str, Contract]],
    facts: Sequence[RecordedFact],
    calendar: WorkCalendar,
    months: Sequence[Period],
) -> tuple[Tested, ...]:
    """Every version over every month. A month that a version refuses says why and stops nothing.

    raises  BlanksRemain: a version with blanks pays nothing at all
    """
    return tuple(
        Tested(
            name,
            contract,
            tuple(_outcome(contract.completed(), facts, calendar, month) for month in months),
        )
        for name, contract in versions
    )


def months_between(first: str, last: str) -> tuple[Period, ...]:
    """Both included, written "2026-01"; raises MonthUnreadable, MonthsReversed."""
    start, end = Period.month(first), Period.month(last)
    if end < start:
        raise MonthsReversed(first=first, last=last)
    return tuple(_from(start, end))


def months_of(facts: Iterable[RecordedFact], zone: str) -> tuple[Period, ...]:
    """From the month of the first service to that of the last; payments and letters are none."""
    served = (each.fact for each in facts if each.fact.kind not in NEVER_REFUSED)
    days = [local_day(fact.occurred_at, zone_named(zone)) for fact in served]
    return months_between(f"{min(days):%Y-%m}", f"{max(days):%Y-%m}") if days else ()


def line_names(outcomes: Iterable[Outcome]) -> tuple[LineName, ...]:
    """Every line of these outcomes, in the order of the first that has it."""
    return tuple(dict.fromkeys(name for each in outcomes for name in each.amounts))


def _outcome(
    contract: Contract, facts: Sequence[RecordedFact], calendar: WorkCalendar, month: Period
) -> Outcome:
    try:
        known = so_far(contract, facts, calendar, month)
        statement = settle(contract, known.measured, known.ledger, _NO_PINS, known.records)
    except PactError as refused:
        return Outcome(month, None, refused)
    return Outcome(month, statement)


def _from(month: Period, last: Period) -> Iterator[Period]:
    while month <= last:
        yield month
        month = Period.month(f"{add_months(month.start, 1):%Y-%m}")
