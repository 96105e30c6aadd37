"""每件超时扣____元: interactions that missed the level's limit × amount."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, leaf, term
from pactdesk.core.terms.clauses.deduction import Deduction, PerBreach


def owed(clause: Deduction, _rule: PerBreach, settling: Settling) -> Node:
    """Zero or positive."""
    amount = term(settling.contract, f"{clause.id}.rule.amount", Unit.YUAN)
    missed = settling.measured.level(clause.level).missed
    breaches = leaf(Op.BREACHES, len(missed), Unit.COUNT, of=clause.level)
    return calculated(Op.MULTIPLY, breaches, amount, unit=Unit.YUAN, label="owed")
