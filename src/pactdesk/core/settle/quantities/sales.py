"""销售额: what was paid, and what went back inside the after-sale window.

`sales_paid|clause`, `sales_refunded|clause`: yuan in the period. `refunds_told|clause` and
`refunds_refused|clause`: all refunds of the period, and those that take nothing back.
`net_sales|clause|2026-10|end`: the payments of a calendar month before the "start" or "end" of the
period, less what was taken back of them before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from pactdesk.core.facts.fact import RecordedFact, as_happened
from pactdesk.core.facts.families.money import SaleTold
from pactdesk.core.facts.names import FactKind, SaleEvent
from pactdesk.core.settle.counting import Counting
from pactdesk.core.settle.term_end import last_day
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.fee_commission import CommissionFee
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.units.instants import Instant, local_day, zone_named
from pactdesk.core.units.periods import Period, add_days


@dataclass(slots=True)
class Paid:
    """One payment of an order, and what was taken back of it (instant, fen)."""

    order: str
    at: Instant
    on: date
    fen: int
    taken_back: list[tuple[Instant, int]] = field(default_factory=list)

    @property
    def left(self) -> int:
        """Fen that were not taken back yet."""
        return self.fen - sum(fen for _, fen in self.taken_back)


@dataclass(frozen=True, slots=True)
class Sales:
    """Every payment; and (fact, fen) of refunds that take nothing back: too late, or too much."""

    payments: Sequence[Paid]
    uncounted: Sequence[tuple[RecordedFact, int]]


def paid(counting: Counting, clause_id: str) -> Fraction:
    """Yuan paid in the period."""
    payments = sales(counting, clause_id).payments
    return _yuan(each.fen for each in payments if _inside(counting, each.at))


def refunded(counting: Counting, clause_id: str) -> Fraction:
    """Yuan taken back in the period, of payments of any time."""
    payments = sales(counting, clause_id).payments
    return _yuan(fen for each in payments for at, fen in each.taken_back if _inside(counting, at))


def told(counting: Counting, clause_id: str) -> Fraction:
    """Yuan of all refunds told in the period, whether or not they take anything back."""
    return refunded(counting, clause_id) + refused(counting, clause_id)


def refused(counting: Counting, clause_id: str) -> Fraction:
    """Yuan of refunds told in the period that take nothing back: too late, or too much."""
    uncounted = sales(counting, clause_id).uncounted
    return _yuan(fen for each, fen in uncounted if _inside(counting, each.fact.occurred_at))


def net(counting: Counting, clause_id: str, month: str, until: str) -> Fraction:
    """Yuan of a month's payments that were kept until the "start" or "end" of the period."""
    ends = {"start": counting.start, "end": counting.end}[until]
    return _yuan(
        each.fen - sum(fen for at, fen in each.taken_back if at < ends)
        for each in sales(counting, clause_id).payments
        if f"{each.on:%Y-%m}" == month and each.at < ends
    )


def months(counting: Counting, clause_id: str) -> tuple[str, ...]:
    """Months of payments of which something was taken back in the period, and its own; sorted."""
    payments = sales(counting, clause_id).payments
    found = {f"{counting.period.start:%Y-%m}"} | {
        f"{each.on:%Y-%m}"
        for each in payments
        if any(_inside(counting, at) for at, _ in each.taken_back)
    }
    return tuple(sorted(found))


def sales(counting: Counting, clause_id: str) -> Sales:
    """All payments before the period's end, with what refunds took back of them.

    A refund is set against the order's payments before it, the latest first, each for what is
    left of it, if its local day is at most `settle_window` days after the payment's. Payments
    outside the term earn nothing; refunds count after it too.
    """
    clause = counting.contract.clause(clause_id)
    assert isinstance(clause, CommissionFee)  # noqa: S101 - its own line asks
    days = agreed(clause.settle_window, f"{clause_id}.settle_window")
    zone, (first, last) = zone_named(counting.contract.zone), term_of(counting)
    orders: dict[str, list[Paid]] = defaultdict(list)
    uncounted: list[tuple[RecordedFact, int]] = []
    for each in as_happened(counting.facts, FactKind.SALE):
        told, at = each.fact.detail, each.fact.occurred_at
        if not isinstance(told, SaleTold) or at >= counting.end:
            continue
        on = local_day(at, zone)
        if told.event is SaleEvent.PAID:
            if first <= on <= last:
                orders[told.order].append(Paid(told.order, at, on, told.amount_fen))
            continue
        rest = told.amount_fen
        for payment in reversed(orders[told.order]):
            if on <= add_days(payment.on, days):
                taken = min(rest, payment.left)
                payment.taken_back += [(at, taken)] if taken else []
                rest -= taken
        uncounted += [(each, rest)] if rest else []
    return Sales([paid for each in orders.values() for paid in each], uncounted)


def term_of(counting: Counting) -> tuple[date, date]:
    """The first day of the contract, and its last as agreed, renewed or ended early."""
    term, month = counting.contract.one(TermPeriod), f"{counting.period.start:%Y-%m}"
    start, end = agreed(term.start, f"{term.id}.start"), agreed(term.end, f"{term.id}.end")
    zone = zone_named(counting.contract.zone)
    return start, last_day(end, counting.facts, Period.month(month), zone)


def _inside(counting: Counting, at: Instant) -> bool:
    return counting.start <= at < counting.end


def _yuan(fen: Iterator[int]) -> Fraction:
    return Fraction(sum(fen), 100)
