"""低于90%扣5%，低于85%扣15%: the rate of the hardest tier that the level lies beyond × fee."""

from __future__ import annotations

from pactdesk.core.settle.consequences.owed.shortfall import level_clause, level_value
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.base import fraction
from pactdesk.core.terms.clauses.deduction import Deduction, Tiered
from pactdesk.core.terms.clauses.service_level import Comparator


def owed(clause: Deduction, rule: Tiered, settling: Settling) -> Node:
    """Zero or positive; a missed level beyond no tier costs nothing."""
    level = level_clause(clause.level, settling)
    value = level_value(level, settling).value
    reached = None
    for number, tier in enumerate(rule.tiers):
        mark = fraction(tier.beyond, f"{clause.id}.rule.tiers.{number}.beyond")
        if value < mark if level.comparator is Comparator.AT_LEAST else value > mark:
            reached = number
    if reached is None:
        return constant(0, Unit.YUAN, label="beyond_no_tier")
    rate = term(settling.contract, f"{clause.id}.rule.tiers.{reached}.rate", Unit.SHARE)
    return calculated(Op.MULTIPLY, rate, settling.fee(), unit=Unit.YUAN, label="owed")
