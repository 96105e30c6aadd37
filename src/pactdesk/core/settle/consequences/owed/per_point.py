"""每低一个百分点扣____%: steps below the target × rate × fee."""

from __future__ import annotations

from pactdesk.core.settle.consequences.owed.shortfall import shortfall, steps
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, term
from pactdesk.core.terms.clauses.deduction import Deduction, PerPoint


def owed(clause: Deduction, _rule: PerPoint, settling: Settling) -> Node:
    """Zero or positive."""
    path = f"{clause.id}.rule"
    counted = steps(shortfall(clause.level, settling), f"{path}.step", settling)
    rate = term(settling.contract, f"{path}.rate", Unit.SHARE)
    return calculated(Op.MULTIPLY, counted, rate, settling.fee(), unit=Unit.YUAN, label="owed")
