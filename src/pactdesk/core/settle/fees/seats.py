"""坐席费: seats × monthly price × days there ÷ working days (PRACTICE 2)."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.fee_seats import SeatsBasis, SeatsFee


def exact(clause: SeatsFee, settling: Settling) -> Node:
    """Zero or positive; a part of a month by days (`agreed`) or by its working days (`present`)."""
    price = term(settling.contract, f"{clause.id}.monthly_price", Unit.YUAN)
    if agreed(clause.basis, f"{clause.id}.basis") is SeatsBasis.AGREED:
        seats = _at_least(clause, _seats(clause, settling), settling)
        whole = calculated(Op.MULTIPLY, seats, price, unit=Unit.YUAN)
        return settling.prorated(whole)
    due = settling.counted("working_days_of_month", unit=Unit.DAYS)
    if due.value == 0:
        return constant(0, Unit.YUAN, label="no_working_days")
    days = settling.counted("seat_days", unit=Unit.DAYS)
    there = calculated(Op.DIVIDE, days, due, unit=Unit.PERSONS, label="seats_present")
    ordered = _in_period(_seats(clause, settling), due, settling)
    paid = calculated(Op.MINIMUM, there, ordered, unit=Unit.PERSONS, label="seats_ordered")
    paid = _at_least(clause, paid, settling, due)
    return calculated(Op.MULTIPLY, paid, price, unit=Unit.YUAN)


def _seats(clause: SeatsFee, settling: Settling) -> Node:
    return term(settling.contract, f"{clause.id}.seats", Unit.PERSONS)


def _at_least(clause: SeatsFee, seats: Node, settling: Settling, due: Node | None = None) -> Node:
    """`minimum_seats` are paid in any case; of a part of a month their part."""
    if clause.minimum_seats is None:
        return seats
    least = term(settling.contract, f"{clause.id}.minimum_seats", Unit.PERSONS)
    if due is not None:
        least = _in_period(least, due, settling)
    return calculated(Op.MAXIMUM, seats, least, unit=Unit.PERSONS, label="seats_least")


def _in_period(seats: Node, due: Node, settling: Settling) -> Node:
    """Seats of a whole month, as those of the period: unchanged when it has all working days."""
    days = settling.counted("working_days", unit=Unit.DAYS)
    if days.value == due.value:
        return seats
    share = calculated(Op.DIVIDE, days, due, unit=Unit.SHARE, label="share_of_month")
    return calculated(Op.MULTIPLY, seats, share, unit=Unit.PERSONS, label="prorated")
