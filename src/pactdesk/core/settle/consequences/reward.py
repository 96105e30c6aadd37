"""绩效奖励: rewards that were granted (seed D 问题1)."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.clauses.reward import Reward


def exact(clause: Reward, settling: Settling) -> Node:
    """Zero or positive: the month's rewards up to its cap, less what its earlier days had."""
    until, before = (settling.counted("rewards", each, unit=Unit.YUAN) for each in ("end", "start"))
    if until.value == before.value:
        return constant(0, Unit.YUAN, label="no_reward")
    granted = _capped(clause, until, settling)
    if before.value == 0:
        return granted
    had = _capped(clause, before, settling)
    return calculated(Op.SUBTRACT, granted, had, unit=Unit.YUAN, label="rewards_added")


def _capped(clause: Reward, granted: Node, settling: Settling) -> Node:
    if clause.cap is None:
        return calculated(Op.ADD, granted, unit=Unit.YUAN)
    cap = term(settling.contract, f"{clause.id}.cap", Unit.YUAN)
    return calculated(Op.MINIMUM, granted, cap, unit=Unit.YUAN, label="capped")
