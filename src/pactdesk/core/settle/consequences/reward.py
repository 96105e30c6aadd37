"""绩效奖励: rewards that were granted (seed D 问题1)."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.clauses.reward import Reward


def exact(clause: Reward, settling: Settling) -> Node:
    """Zero or positive; at most the cap of the month, by days."""
    granted = settling.counted("rewards", unit=Unit.YUAN)
    if granted.value == 0:
        return constant(0, Unit.YUAN, label="no_reward")
    if clause.cap is None:
        return calculated(Op.ADD, granted, unit=Unit.YUAN)
    cap = settling.prorated(term(settling.contract, f"{clause.id}.cap", Unit.YUAN))
    return calculated(Op.MINIMUM, granted, cap, unit=Unit.YUAN, label="capped")
