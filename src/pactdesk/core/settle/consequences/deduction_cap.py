"""扣款封顶: what all deductions of a period exceed their common cap by is given back."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.line import Line
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, rounded, term
from pactdesk.core.terms.clauses.deduction_cap import DeductionCap
from pactdesk.core.units.rounding import Rounding, RoundingMode


def exact(clause: DeductionCap, settling: Settling) -> Node:
    """max(0, all deductions − cap); the cap is cut to the fen, never exceeded by one.

    The cap is fee × share; with `per_year` at most what is left of the year's.
    """
    capped = (settling.share_of(line) for line in settling.lines if is_capped(clause, line))
    deductions = [node for node in capped if node is not None]
    deducted = calculated(
        Op.NEGATE, calculated(Op.ADD, *deductions, unit=Unit.YUAN), unit=Unit.YUAN, label="deducted"
    )
    share = term(settling.contract, f"{clause.id}.of_fee", Unit.SHARE)
    cap = calculated(Op.MULTIPLY, settling.fee(), share, unit=Unit.YUAN, label="cap")
    down = Rounding(settling.money_rounding.unit, RoundingMode.DOWN)
    limit = rounded(cap, down, Unit.YUAN)
    if clause.per_year is not None:
        left = rounded(_left_of_year(clause, settling), down, Unit.YUAN)
        limit = calculated(Op.MINIMUM, limit, left, unit=Unit.YUAN, label="lower_cap")
    over = calculated(Op.SUBTRACT, deducted, limit, unit=Unit.YUAN)
    return calculated(Op.MAXIMUM, over, constant(0, Unit.YUAN), unit=Unit.YUAN, label="over_cap")


def _left_of_year(clause: DeductionCap, settling: Settling) -> Node:
    year = term(settling.contract, f"{clause.id}.per_year", Unit.YUAN)
    used = settling.counted("deducted_before", clause.id, unit=Unit.YUAN)
    rest = calculated(Op.SUBTRACT, year, used, unit=Unit.YUAN)
    return calculated(
        Op.MAXIMUM, rest, constant(0, Unit.YUAN), unit=Unit.YUAN, label="left_of_year"
    )


def is_capped(clause: DeductionCap, line: Line) -> bool:
    """Every line that deducts from the period's fee, unless its clause is excepted."""
    return line.kind.startswith("deduction") and line.clause not in (clause.except_for or ())
