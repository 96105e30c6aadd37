"""逾期违约金: on every overdue day of the period, a rate of what was unpaid on that day.

Source: seed B 4.4. Each month bills the late days that lie in it, so no day is billed twice. With
a cap, the month bills what the late fee so far, capped, exceeds the same up to the month before.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.ledger import EarlierStatement, LateStretch, late_stretches
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, leaf, term
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.late_fee import LateFee


def exact(clause: LateFee, settling: Settling) -> Node:
    """Zero or positive: the client's debt to the provider."""
    parts = [
        node
        for earlier in settling.ledger
        if (node := _of_statement(clause, earlier, settling)) is not None
    ]
    if not parts:
        return constant(0, Unit.YUAN, label="nothing_overdue")
    return calculated(Op.ADD, *parts, unit=Unit.YUAN, label="late_fee")


def _of_statement(clause: LateFee, earlier: EarlierStatement, settling: Settling) -> Node | None:
    period = settling.measured.period
    if clause.cap is None:
        return _accrued(clause, earlier, settling, first=period.start, last=period.last_day)
    so_far = _accrued(clause, earlier, settling, first=date.min, last=period.last_day)
    if so_far is None:
        return None
    cap = _cap(clause, earlier, settling)
    capped = calculated(Op.MINIMUM, so_far, cap, unit=Unit.YUAN, label="capped")
    before_last = period.start - timedelta(days=1)
    before = _accrued(clause, earlier, settling, first=date.min, last=before_last)
    if before is None:
        return capped
    billed = calculated(Op.MINIMUM, before, cap, unit=Unit.YUAN, label="billed_before")
    return calculated(Op.SUBTRACT, capped, billed, unit=Unit.YUAN)


def _cap(clause: LateFee, earlier: EarlierStatement, settling: Settling) -> Node:
    """The agreed share of what was unpaid on the first late day."""
    last = settling.measured.period.last_day
    overdue = _stretches(earlier, settling, first=date.min, last=last)[0]
    share = term(settling.contract, f"{clause.id}.cap", Unit.SHARE)
    unpaid = _unpaid(earlier, overdue)
    return calculated(Op.MULTIPLY, unpaid, share, unit=Unit.YUAN, label="cap")


def _accrued(
    clause: LateFee, earlier: EarlierStatement, settling: Settling, *, first: date, last: date
) -> Node | None:
    """unpaid × rate × days, for each stretch; None when no day is late."""
    parts = [
        calculated(
            Op.MULTIPLY,
            _unpaid(earlier, stretch),
            term(settling.contract, f"{clause.id}.rate_per_day", Unit.RATE_PER_DAY),
            leaf(Op.LATE_DAYS, stretch.days, Unit.DAYS, of=_named(earlier, stretch)),
            unit=Unit.YUAN,
        )
        for stretch in _stretches(earlier, settling, first=first, last=last)
    ]
    if len(parts) <= 1:
        return parts[0] if parts else None
    return calculated(Op.ADD, *parts, unit=Unit.YUAN)


def _stretches(
    earlier: EarlierStatement, settling: Settling, *, first: date, last: date
) -> tuple[LateStretch, ...]:
    conventions = settling.conventions
    counts = agreed(conventions.counts_payment_day, f"{conventions.id}.counts_payment_day")
    return late_stretches(earlier, first=first, last=last, counts_payment_day=counts)


def _unpaid(earlier: EarlierStatement, stretch: LateStretch) -> Node:
    unpaid = Fraction(stretch.unpaid_fen, 100)
    return leaf(Op.UNPAID, unpaid, Unit.YUAN, of=_named(earlier, stretch))


def _named(earlier: EarlierStatement, stretch: LateStretch) -> str:
    return f"{earlier.statement}|{stretch.first.isoformat()}|{stretch.last.isoformat()}"
