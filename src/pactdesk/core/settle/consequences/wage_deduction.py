"""工资扣款: agreed damage, within what the law lets an employer take (工资支付暂行规定 16)."""

from __future__ import annotations

from fractions import Fraction

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.line import Line
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.clauses.fee_hourly import HourlyFee
from pactdesk.core.terms.clauses.wage_deduction import WageDeduction

_WAGES = ("reward",)


def exact(clause: WageDeduction, settling: Settling) -> Node:
    """−min(losses of the period, cap × wage, wage − minimum wage × hours); never above zero.

    What is not taken now is not carried on: the parties tell it again for a later month.
    """
    losses = _losses(settling)
    if losses.value == 0:
        return constant(0, Unit.YUAN, label="no_damage")
    wage = _wage(settling)
    cap = calculated(
        Op.MULTIPLY,
        wage,
        term(settling.contract, f"{clause.id}.cap", Unit.SHARE),
        unit=Unit.YUAN,
        label="cap",
    )
    spare = calculated(
        Op.SUBTRACT, wage, _least(clause, settling), unit=Unit.YUAN, label="above_minimum"
    )
    capped = calculated(Op.MINIMUM, losses, cap, unit=Unit.YUAN, label="capped")
    within = calculated(Op.MINIMUM, capped, spare, unit=Unit.YUAN)
    taken = calculated(Op.MAXIMUM, within, constant(0, Unit.YUAN), unit=Unit.YUAN, label="taken")
    return calculated(Op.NEGATE, taken, unit=Unit.YUAN)


def _losses(settling: Settling) -> Node:
    """Agreed in the period: those up to its end less those up to its start."""
    until, before = (
        settling.counted("losses", "client", each, unit=Unit.YUAN) for each in ("end", "start")
    )
    return calculated(Op.SUBTRACT, until, before, unit=Unit.YUAN, label="damage")


def _wage(settling: Settling) -> Node:
    """All fee and reward lines above, of longer ones the part of these days."""
    parts = [
        node
        for line in settling.lines
        if _is_wage(line) and (node := settling.share_of(line)) is not None
    ]
    value = sum((part.value for part in parts), start=Fraction(0))
    return Node(Op.ADD, value, Unit.YUAN, tuple(parts), label="wage")


def _is_wage(line: Line) -> bool:
    return line.kind.startswith("fee_") or line.kind in _WAGES


def _least(clause: WageDeduction, settling: Settling) -> Node:
    """The minimum wage of the hours worked."""
    price = term(settling.contract, f"{clause.id}.minimum_hourly", Unit.YUAN_PER_HOUR)
    hours = [
        settling.counted("paid_hours", each.id, unit=Unit.HOURS)
        for each in settling.contract.of_kind(HourlyFee)
    ]
    worked = Node(
        Op.ADD, sum((h.value for h in hours), start=Fraction(0)), Unit.HOURS, tuple(hours)
    )
    return calculated(Op.MULTIPLY, worked, price, unit=Unit.YUAN, label="minimum_wage")
