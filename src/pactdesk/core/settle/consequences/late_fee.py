"""逾期违约金: on every overdue day of the period, a rate of what was unpaid on that day; or once.

Source: seed B 4.4, seed A 六.1. Each month bills the late days that lie in it, so no day is billed
twice. With a cap, the month bills what the late fee so far, capped, exceeds the same up to the
month before. Declared monotone: paying earlier never costs the client more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.ledger import EarlierStatement, LateStretch, late_stretches
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, leaf, rounded, term
from pactdesk.core.terms.base import BlankLeft, agreed
from pactdesk.core.terms.clauses.delay_penalty import DelayPenalty
from pactdesk.core.terms.clauses.late_fee import LateBase, LateDays, LateFee
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.periods import add_days


class LateRateTwice(PactError):
    """Clause `clause` has a rate for each day and one for once; each party would read its own."""


def refuse_unclear_rate(clause: LateFee | DelayPenalty) -> None:
    """Either a rate for each day or one for once; raises BlankLeft, LateRateTwice."""
    if clause.rate_per_day is None and clause.rate_once is None:
        raise BlankLeft(path=f"{clause.id}.rate_per_day", quote="—")
    if clause.rate_per_day is not None and clause.rate_once is not None:
        raise LateRateTwice(clause=clause.id)


def exact(clause: LateFee, settling: Settling) -> Node:
    """Zero or positive: the client's debt to the provider; raises LateRateTwice, BlankLeft."""
    refuse_unclear_rate(clause)
    if clause.rate_once is None and agreed(clause.adds_up, f"{clause.id}.adds_up"):
        return _adding_up(clause, settling)
    parts = [
        node
        for earlier in settling.ledger
        if (node := _of_statement(clause, earlier, settling)) is not None
    ]
    if not parts:
        return constant(0, Unit.YUAN, label="nothing_overdue")
    return calculated(Op.ADD, *parts, unit=Unit.YUAN, label="late_fee")


def _adding_up(clause: LateFee, settling: Settling) -> Node:
    """What all late days so far, rounded, exceed the same up to the days before."""
    so_far = _up_to(clause, settling, settling.period.last_day, "late_so_far")
    if so_far is None:
        return constant(0, Unit.YUAN, label="nothing_overdue")
    day_before = settling.period.start - timedelta(days=1)
    before = _up_to(clause, settling, day_before, "late_before")
    if before is None:
        return so_far
    return calculated(Op.SUBTRACT, so_far, before, unit=Unit.YUAN, label="late_fee")


def _up_to(clause: LateFee, settling: Settling, last: date, label: str) -> Node | None:
    """Of all statements, each at most its cap; rounded once. None when no day is late."""
    parts = []
    for earlier in settling.ledger:
        accrued = _accrued(clause, earlier, settling, first=date.min, last=last)
        if accrued is not None and clause.cap is not None:
            cap = _cap(clause, earlier, settling)
            accrued = calculated(Op.MINIMUM, accrued, cap, unit=Unit.YUAN, label="capped")
        parts += [] if accrued is None else [accrued]
    if not parts:
        return None
    together = calculated(Op.ADD, *parts, unit=Unit.YUAN)
    return rounded(together, settling.money_rounding, Unit.YUAN, label)


def _of_statement(clause: LateFee, earlier: EarlierStatement, settling: Settling) -> Node | None:
    period = settling.period
    if clause.rate_once is not None:
        return _once(clause, earlier, settling)
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


def _once(clause: LateFee, earlier: EarlierStatement, settling: Settling) -> Node | None:
    """In the period that holds the first late day: the rate of what was unpaid on it."""
    period = settling.period
    late = _stretches(clause, earlier, settling, first=date.min, last=period.last_day)
    if not late or late[0].first < period.start:
        return None
    first_day = replace(late[0], last=late[0].first)
    rate = term(settling.contract, f"{clause.id}.rate_once", Unit.SHARE)
    base = _base(clause, earlier, first_day, settling)
    return calculated(Op.MULTIPLY, base, rate, unit=Unit.YUAN, label="late_once")


def _cap(clause: LateFee, earlier: EarlierStatement, settling: Settling) -> Node:
    """The agreed share of what was unpaid on the first late day."""
    last = settling.period.last_day
    overdue = _stretches(clause, earlier, settling, first=date.min, last=last)[0]
    share = term(settling.contract, f"{clause.id}.cap", Unit.SHARE)
    unpaid = _unpaid(earlier, overdue)
    return calculated(Op.MULTIPLY, unpaid, share, unit=Unit.YUAN, label="cap")


def _accrued(
    clause: LateFee, earlier: EarlierStatement, settling: Settling, *, first: date, last: date
) -> Node | None:
    """base × rate × days, for each stretch; None when no day is late."""
    parts = [
        calculated(
            Op.MULTIPLY,
            _base(clause, earlier, stretch, settling),
            term(settling.contract, f"{clause.id}.rate_per_day", Unit.RATE_PER_DAY),
            _days(clause, earlier, stretch, settling),
            unit=Unit.YUAN,
        )
        for stretch in _stretches(clause, earlier, settling, first=first, last=last)
    ]
    if len(parts) <= 1:
        return parts[0] if parts else None
    return calculated(Op.ADD, *parts, unit=Unit.YUAN)


def _stretches(
    clause: LateFee, earlier: EarlierStatement, settling: Settling, *, first: date, last: date
) -> tuple[LateStretch, ...]:
    """Late days from `first` to `last`; the days of grace are none."""
    if clause.grace_days is not None and earlier.due_on is not None:
        first = max(first, add_days(earlier.due_on, clause.grace_days + 1))
    conventions = settling.conventions
    counts = agreed(conventions.counts_payment_day, f"{conventions.id}.counts_payment_day")
    found = late_stretches(earlier, first=first, last=last, counts_payment_day=counts)
    return tuple(_in_days(clause, found, settling))


def _in_days(
    clause: LateFee, stretches: tuple[LateStretch, ...], settling: Settling
) -> Iterator[LateStretch]:
    """Where only working days count, a stretch without one is none."""
    for each in stretches:
        days = (each.first + timedelta(days=n) for n in range(each.days))
        calendar = settling.records.calendar
        if not _only_working(clause) or (calendar and any(map(calendar.is_working_day, days))):
            yield each


def _only_working(clause: LateFee) -> bool:
    return clause.days is not None and agreed(clause.days, f"{clause.id}.days") is LateDays.WORKING


def _days(
    clause: LateFee, earlier: EarlierStatement, stretch: LateStretch, settling: Settling
) -> Node:
    if _only_working(clause):
        days = (stretch.first.isoformat(), stretch.last.isoformat())
        return settling.counted("late_working_days", *days, unit=Unit.DAYS)
    return leaf(Op.LATE_DAYS, stretch.days, Unit.DAYS, of=_named(earlier, stretch))


def _base(
    clause: LateFee, earlier: EarlierStatement, stretch: LateStretch, settling: Settling
) -> Node:
    whole = clause.base is not None and agreed(clause.base, f"{clause.id}.base") is LateBase.WHOLE
    if whole:
        return settling.counted("statement_total", earlier.statement, unit=Unit.YUAN)
    return _unpaid(earlier, stretch)


def _unpaid(earlier: EarlierStatement, stretch: LateStretch) -> Node:
    unpaid = Fraction(stretch.unpaid_fen, 100)
    return leaf(Op.UNPAID, unpaid, Unit.YUAN, of=_named(earlier, stretch))


def _named(earlier: EarlierStatement, stretch: LateStretch) -> str:
    return f"{earlier.statement}|{stretch.first.isoformat()}|{stretch.last.isoformat()}"
