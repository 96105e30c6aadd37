"""重复扣款返还: what several deductions charge for one event more than once is given back."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.quantities.charged_twice import per_breach
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.deduction_overlap import DeductionOverlap, OverlapRule


def exact(clause: DeductionOverlap, settling: Settling) -> Node:
    """Zero or positive.

    LARGEST: the named deductions together, less the largest of them (all as booked). In a month
    of stretches each clause counts with what it deducts on the days of this line.
    """
    by_interaction = agreed(clause.rule, f"{clause.id}.rule") is OverlapRule.SAME_INTERACTION
    if by_interaction:
        per_breach(settling.contract, clause)  # refused in every month, not only in a bad one
    owed = _owed(clause, settling)
    if len(owed) < 2:
        return constant(0, Unit.YUAN, label="no_overlap")
    if by_interaction:
        return settling.counted("charged_twice", clause.id, *owed, unit=Unit.YUAN)
    return _less_the_largest(list(owed.values()))


def _owed(clause: DeductionOverlap, settling: Settling) -> dict[str, Node]:
    """Deduction → what it comes to on these days, for those that deduct anything."""
    shares: dict[str, list[Node]] = {}
    for line in settling.lines:
        share = settling.share_of(line) if line.clause in clause.clauses else None
        if share is not None and share.value < 0:
            shares.setdefault(line.clause, []).append(share)
    return {
        name: nodes[0] if len(nodes) == 1 else calculated(Op.ADD, *nodes, unit=Unit.YUAN)
        for name, nodes in shares.items()
    }


def _less_the_largest(deductions: list[Node]) -> Node:
    largest = calculated(Op.MINIMUM, *deductions, unit=Unit.YUAN, label="largest_deduction")
    together = calculated(Op.ADD, *deductions, unit=Unit.YUAN)
    return calculated(Op.SUBTRACT, largest, together, unit=Unit.YUAN, label="charged_twice")
