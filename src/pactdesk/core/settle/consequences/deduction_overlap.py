"""重复扣款返还: what several deductions charge for one event more than once is given back."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling, line_node
from pactdesk.core.settle.line import Line
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.deduction_overlap import DeductionOverlap, OverlapRule


def exact(clause: DeductionOverlap, settling: Settling) -> Node:
    """Zero or positive.

    LARGEST: the named deductions together, less the largest of them (all as booked).
    """
    named = [line for line in settling.lines if line.clause in clause.clauses]
    owed = [line for line in named if line.trace.value < 0]
    if len(owed) < 2:
        return constant(0, Unit.YUAN, label="no_overlap")
    if agreed(clause.rule, f"{clause.id}.rule") is OverlapRule.SAME_INTERACTION:
        charged = [line.clause for line in owed]
        return settling.counted("charged_twice", clause.id, *charged, unit=Unit.YUAN)
    return _less_the_largest(owed)


def _less_the_largest(owed: list[Line]) -> Node:
    lines = [line_node(line) for line in owed]
    largest = calculated(Op.MINIMUM, *lines, unit=Unit.YUAN, label="largest_deduction")
    together = calculated(Op.ADD, *lines, unit=Unit.YUAN)
    return calculated(Op.SUBTRACT, largest, together, unit=Unit.YUAN, label="charged_twice")
