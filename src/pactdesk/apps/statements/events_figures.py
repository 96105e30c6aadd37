"""What is told in figures: payments, invoices, volumes; each by whom it costs, or agreed by both.

A payment counts at once when the payee tells it, an invoice when the client says that it came. Told
by the other party they wait, as volumes do, whoever tells them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pactdesk.apps.statements.errors import PaymentAboveDebt
from pactdesk.core.facts.fact import RecordedFact, as_happened
from pactdesk.core.facts.families.money import SaleTold
from pactdesk.core.facts.families.works import ForecastGiven, UsageCounted
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import InvoiceReceived, Payment, StatementIssued
from pactdesk.core.facts.names import FactKind, Party
from pactdesk.core.terms.base import ClauseBase
from pactdesk.core.terms.clauses.fee_commission import CommissionFee
from pactdesk.core.terms.clauses.fee_lump_sum import LumpSumFee
from pactdesk.core.terms.clauses.fee_milestones import MilestonesFee
from pactdesk.core.terms.clauses.fee_per_unit import Measure, PerUnitFee
from pactdesk.core.terms.clauses.late_fee import LateFee
from pactdesk.core.terms.clauses.payment import Payment as PaymentClause
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.clauses.suspension import Suspension
from pactdesk.core.terms.clauses.work_parts import Gate
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.durations import Due, DueEvent
from pactdesk.core.units.money import Money

ALONE: dict[FactKind, Party] = {
    FactKind.PAYMENT: Party.PROVIDER,
    FactKind.INVOICE_RECEIVED: Party.CLIENT,
}
"""Whose word is enough: theirs against whom it speaks."""

_BY_INVOICE = frozenset({DueEvent.INVOICE_RECEIVED, DueEvent.STATEMENT_AND_INVOICE_RECEIVED})
_TOLD = frozenset({Measure.MESSAGE, Measure.ORDER})
_PAID: tuple[type[ClauseBase], ...] = (PaymentClause, LateFee, Suspension)


@dataclass(frozen=True, slots=True)
class Bill:
    """An issued statement, or a part of a fee (then without a month and an amount).

    item      what facts call it
    owed_fen  what is left to pay
    """

    item: str
    period: str = ""
    total_fen: int = 0
    owed_fen: int = 0
    is_invoiced: bool = False


def whose_word(told: Measured) -> Party | None:
    """The party that tells it alone; none: both have to say so."""
    return ALONE.get(FactKind(told.kind))


def bills_of(facts: Iterable[RecordedFact]) -> tuple[Bill, ...]:
    """The issued statements, the newest month first; a month that was issued twice is one debt."""
    kinds = (FactKind.STATEMENT_ISSUED, FactKind.PAYMENT, FactKind.INVOICE_RECEIVED)
    told = [each.fact.detail for each in as_happened(facts, *kinds)]
    issued = [each for each in told if isinstance(each, StatementIssued)]
    months: dict[str, StatementIssued] = {}
    for each in issued:
        months.setdefault(each.period, each)
    first = {each.statement: months[each.period].statement for each in issued}
    paid: dict[str, int] = {}
    invoiced: list[str] = []
    for one in told:
        if isinstance(one, Payment):
            name = first.get(one.statement, one.statement)
            paid[name] = paid.get(name, 0) + one.amount_fen
        elif isinstance(one, InvoiceReceived):
            invoiced.append(first.get(one.statement, one.statement))
    bills = [
        Bill(
            each.statement,
            each.period,
            each.total_fen,
            max(0, each.total_fen - paid.get(each.statement, 0)),
            each.statement in invoiced,
        )
        for each in months.values()
    ]
    parts = [Bill(name, is_invoiced=True) for name in dict.fromkeys(invoiced)]
    known = {each.item for each in bills}
    found = sorted(bills, key=lambda each: each.period, reverse=True)
    return (*found, *(each for each in parts if each.item not in known))


@dataclass(frozen=True, slots=True)
class Figures:
    """What figures can be about.

    items  pieces of work, as facts call them: parts of fees are among them
    """

    terms: Contract
    bills: tuple[Bill, ...]
    items: tuple[str, ...]

    @property
    def payable(self) -> tuple[Bill, ...]:
        """Statements on which something is owed, where a clause asks when it was paid."""
        asked = any(self.terms.of_kind(kind) for kind in _PAID)
        return tuple(each for each in self.bills if each.owed_fen > 0) if asked else ()

    @property
    def to_invoice(self) -> tuple[Bill, ...]:
        """Statements and parts of fees that wait for an invoice which has not come."""
        statements: tuple[Bill, ...] = ()
        if any(_by_invoice(each.due) for each in self.terms.of_kind(PaymentClause)):
            statements = tuple(e for e in self.bills if e.total_fen > 0 and not e.is_invoiced)
        come = {each.item for each in self.bills if each.is_invoiced}
        return (*statements, *(Bill(each) for each in self._parts if each not in come))

    @property
    def measures(self) -> tuple[str, ...]:
        """What is billed by usage facts, as they call it."""
        billed = (_measure(each) for each in self.terms.of_kind(PerUnitFee))
        return tuple(dict.fromkeys(each for each in billed if each))

    @property
    def expected(self) -> tuple[str, ...]:
        """The measures of which a level asks what was expected."""
        levels = (each.above_forecast for each in self.terms.of_kind(ServiceLevel))
        return tuple(dict.fromkeys(each.measure for each in levels if each is not None))

    @property
    def commissions(self) -> tuple[str, ...]:
        """The clauses that pay for sales."""
        return tuple(each.id for each in self.terms.of_kind(CommissionFee))

    def knows(self, told: Measured) -> bool:
        """Whether a figure is of something that the terms and the bills know, settled or not."""
        match told:
            case Payment(statement=item):
                return item in {each.item for each in self.bills if each.period}
            case InvoiceReceived(statement=item):
                return item in {each.item for each in self.bills if each.period} | set(self._parts)
            case UsageCounted(measure=measure):
                return measure in self.measures
            case ForecastGiven(measure=measure):
                return measure in self.expected
            case SaleTold():
                return bool(self.commissions)
        return False

    def touched(self, told: Measured) -> Iterator[str]:
        """The clauses that look for a figure."""
        match told:
            case Payment():
                for kind in _PAID:
                    yield from (each.id for each in self.terms.of_kind(kind))
            case InvoiceReceived(statement=item) if item in self._parts:
                yield item.partition(".")[0]
            case InvoiceReceived():
                yield from (each.id for each in self.terms.of_kind(PaymentClause))
            case UsageCounted(measure=measure):
                fees = self.terms.of_kind(PerUnitFee)
                yield from (each.id for each in fees if _measure(each) == measure)
            case ForecastGiven(measure=measure):
                for level in self.terms.of_kind(ServiceLevel):
                    if level.above_forecast and level.above_forecast.measure == measure:
                        yield level.id
            case SaleTold():
                yield from self.commissions

    @property
    def _parts(self) -> tuple[str, ...]:
        """The parts of fees that wait for an invoice."""
        fees: list[MilestonesFee | LumpSumFee] = [*self.terms.of_kind(MilestonesFee)]
        fees += self.terms.of_kind(LumpSumFee)
        gated = {e.id for e in fees if isinstance(e.gates, tuple) and Gate.INVOICE in e.gates}
        return tuple(each for each in self.items if each.partition(".")[0] in gated)


def refuse_overpaid(bills: Sequence[Bill], told: Measured) -> None:
    """No more is paid than is owed: told by both parties, a payment would count twice.

    raises  PaymentAboveDebt
    """
    if not isinstance(told, Payment):
        return
    owed = next((each.owed_fen for each in bills if each.item == told.statement), 0)
    if told.amount_fen > owed:
        raise PaymentAboveDebt(paid=str(Money(told.amount_fen)), owed=str(Money(owed)))


def _by_invoice(due: Due) -> bool:
    return due.event in _BY_INVOICE or bool(_BY_INVOICE & set(due.needs or ()))


def _measure(fee: PerUnitFee) -> str:
    """What usage facts call what is billed; empty: the desk counts it itself."""
    if fee.measure is Measure.USAGE:
        return fee.usage if isinstance(fee.usage, str) else ""
    return str(fee.measure) if fee.measure in _TOLD else ""
