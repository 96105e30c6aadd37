"""扣款封顶: what all deductions of a period exceed their common cap by is given back."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.line import Line
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, rounded, term
from pactdesk.core.terms.clauses.deduction_cap import DeductionCap
from pactdesk.core.units.rounding import Rounding, RoundingMode


def exact(clause: DeductionCap, settling: Settling) -> Node:
    """max(0, all deductions − fee × share); the cap is cut to the fen, never exceeded by one."""
    capped = (settling.share_of(line) for line in settling.lines if is_capped(clause, line))
    deductions = [node for node in capped if node is not None]
    deducted = calculated(
        Op.NEGATE, calculated(Op.ADD, *deductions, unit=Unit.YUAN), unit=Unit.YUAN, label="deducted"
    )
    share = term(settling.contract, f"{clause.id}.of_fee", Unit.SHARE)
    cap = calculated(Op.MULTIPLY, settling.fee(), share, unit=Unit.YUAN, label="cap")
    down = Rounding(settling.money_rounding.unit, RoundingMode.DOWN)
    over = calculated(Op.SUBTRACT, deducted, rounded(cap, down, Unit.YUAN), unit=Unit.YUAN)
    return calculated(Op.MAXIMUM, over, constant(0, Unit.YUAN), unit=Unit.YUAN, label="over_cap")


def is_capped(clause: DeductionCap, line: Line) -> bool:
    """Every line that deducts from the period's fee, unless its clause is excepted."""
    return line.kind.startswith("deduction") and line.clause not in (clause.except_for or ())
