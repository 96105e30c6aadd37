"""当月未达标扣____%: rate × fee, however far."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, term
from pactdesk.core.terms.clauses.deduction import Deduction, PerMiss


def owed(clause: Deduction, _rule: PerMiss, settling: Settling) -> Node:
    """Zero or positive."""
    rate = term(settling.contract, f"{clause.id}.rule.rate", Unit.SHARE)
    return calculated(Op.MULTIPLY, rate, settling.fee(), unit=Unit.YUAN, label="owed")
