"""Earlier months: the statement issued, the invoice received, what was paid and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import (
    InvoiceReceived,
    Payment,
    StatementConfirmed,
    StatementIssued,
    StatementReceived,
    Verdict,
)
from pactdesk.core.terms.base import agreed, fraction
from pactdesk.core.terms.clauses.fee_fixed import FixedFee
from pactdesk.core.terms.clauses.fee_headcount_hours import HeadcountHoursFee
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.units.exact import MILLISECONDS_PER_HOUR
from pactdesk.core.units.instants import Instant, day_start
from pactdesk.core.units.money import Money
from pactdesk.core.units.periods import Period, add_months
from pactdesk.core.worktime.wallclock import wall_instant
from pactdesk.simulate.parts import EarlierMonth, Instalment
from pactdesk.simulate.world import Process, World

_ISSUED_MINUTE = 9 * 60 + 40
_RECEIVED_MINUTE = 10 * 60 + 15
_INVOICE_MINUTE = 14 * 60 + 30
_CONFIRMED_MINUTE = 16 * 60 + 5
_PAID_MINUTE = 15 * 60 + 20


class LedgerEvent(NamedTuple):
    """What happened, when, and the last part of its id."""

    at: Instant
    name: str
    detail: Measured


def earlier_statement(world: World, earlier: EarlierMonth) -> Process:
    """The life of one earlier statement, as far as the simulated period sees it."""
    for event in ledger_events(world, earlier):
        yield world.until(event.at)
        statement = _number(world, _month(world, earlier))
        world.recorder.note(
            event.detail, source="ledger", event_id=f"{statement}/{event.name}", at=event.at
        )


def ledger_events(world: World, earlier: EarlierMonth) -> tuple[LedgerEvent, ...]:
    """In order of time; none for a month before the contract began."""
    month = _month(world, earlier)
    term = world.contract.optional(TermPeriod)
    if term is not None and month.start < agreed(term.start, f"{term.id}.start"):
        return ()
    return tuple(sorted(_events(world, earlier, month), key=lambda event: event.at))


def starts_at(world: World) -> Instant:
    """Where the simulated clock starts: with the first event of any earlier statement."""
    told = (ledger_events(world, each) for each in world.scenario.earlier_statements)
    first = day_start(world.period.start, world.zone)
    return min((events[0].at for events in told if events), default=first)


def _events(world: World, earlier: EarlierMonth, month: Period) -> Iterator[LedgerEvent]:
    number = _number(world, month)
    total_fen = _total_fen(world, earlier, month)
    issued = StatementIssued(
        statement=number,
        period=str(month),
        total_fen=total_fen,
        verdicts=_verdicts(world, earlier),
    )
    issued_on = world.calendar.add_working_days(month.last_day, earlier.issued_working_day)
    invoiced_on = world.calendar.add_working_days(issued_on, earlier.invoice_working_days)
    yield _event(world, issued_on, _ISSUED_MINUTE, "issued", issued)
    yield _event(world, issued_on, _RECEIVED_MINUTE, "received", StatementReceived(number))
    yield _event(world, issued_on, _CONFIRMED_MINUTE, "confirmed", StatementConfirmed(number))
    yield _event(world, invoiced_on, _INVOICE_MINUTE, "invoice", InvoiceReceived(number))
    for index, (part, fen) in enumerate(_parts(earlier.payments, total_fen), start=1):
        paid_on = world.calendar.add_working_days(invoiced_on, part.after_working_days)
        yield _event(world, paid_on, _PAID_MINUTE, f"payment-{index}", Payment(number, fen))


def _event(world: World, day: date, minute: int, name: str, detail: Measured) -> LedgerEvent:
    return LedgerEvent(wall_instant(day, minute, world.zone), name, detail)


def _parts(payments: tuple[Instalment, ...], total_fen: int) -> Iterator[tuple[Instalment, int]]:
    """Each instalment in fen; together they never exceed the total, and whole shares meet it."""
    paid, share = 0, Fraction(0)
    for part in payments:
        share = min(Fraction(1), share + Fraction(part.share))
        fen = int(total_fen * share) - paid
        if fen > 0:
            paid += fen
            yield part, fen


def _month(world: World, earlier: EarlierMonth) -> Period:
    start = add_months(world.period.start.replace(day=1), -earlier.months_before)
    return Period(start, add_months(start, 1))


def _number(world: World, month: Period) -> str:
    return f"{world.contract.contract_id}-{month}"


def _total_fen(world: World, earlier: EarlierMonth, month: Period) -> int:
    """The share of a full month's fee, rounded to the fen."""
    return Money.booked(_full_fee(world, month) * Fraction(earlier.of_fee)).fen


def _full_fee(world: World, month: Period) -> Fraction:
    """What the month would cost if everyone had been there all the time, in yuan."""
    opened_ms = world.grid.elapsed(
        day_start(month.start, world.zone), day_start(month.end, world.zone)
    )
    hours = Fraction(opened_ms, MILLISECONDS_PER_HOUR)
    by_hours = sum(
        agreed(fee.headcount, f"{fee.id}.headcount")
        * hours
        * fraction(fee.unit_price, f"{fee.id}.unit_price")
        for fee in world.contract.of_kind(HeadcountHoursFee)
    )
    fixed = sum(
        fraction(fee.amount, f"{fee.id}.amount") for fee in world.contract.of_kind(FixedFee)
    )
    return Fraction(by_hours + fixed)


def _verdicts(world: World, earlier: EarlierMonth) -> dict[str, Verdict]:
    missed = {(each.metric, each.case_type) for each in earlier.missed}
    return {
        clause.id: Verdict.MISSED
        if (agreed(clause.metric, f"{clause.id}.metric"), clause.case_type) in missed
        else Verdict.MET
        for clause in world.contract.of_kind(ServiceLevel)
    }
