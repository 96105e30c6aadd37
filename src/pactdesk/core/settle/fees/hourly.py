"""按小时计酬: hours × price, and what some of them cost more (seed D 3.1; PRACTICE 2)."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.clauses.fee_hourly import HourlyFee


def exact(clause: HourlyFee, settling: Settling) -> Node:
    """(hours + Σ hours at a multiplier × (its times − 1)) × unit price. Never negative."""
    hours = settling.counted("paid_hours", clause.id, unit=Unit.HOURS)
    dearer = [
        extra
        for number in range(len(clause.multipliers))
        if (extra := _extra(clause, number, settling)) is not None
    ]
    if hours.value == 0 and not dearer:
        return constant(0, Unit.YUAN, label="no_hours")
    if dearer:
        hours = calculated(Op.ADD, hours, *dearer, unit=Unit.HOURS, label="weighted_hours")
    price = term(settling.contract, f"{clause.id}.unit_price", Unit.YUAN_PER_HOUR)
    return calculated(Op.MULTIPLY, hours, price, unit=Unit.YUAN)


def _extra(clause: HourlyFee, number: int, settling: Settling) -> Node | None:
    """What the hours of a multiplier count beyond themselves; None where there are none."""
    hours = settling.counted("paid_hours_at", clause.id, str(number), unit=Unit.HOURS)
    if hours.value == 0:
        return None
    times = term(settling.contract, f"{clause.id}.multipliers.{number}.times", Unit.PLAIN)
    above = calculated(Op.SUBTRACT, times, constant(1, Unit.PLAIN), label="above_price")
    return calculated(Op.MULTIPLY, hours, above, unit=Unit.HOURS, label="extra_hours")
