"""超额奖励: steps by which a level is better than its target × rate × fee, at most the cap."""

from __future__ import annotations

from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.settle.consequences.capping import capped_by_fee
from pactdesk.core.settle.consequences.owed.shortfall import (
    level_clause,
    level_unit,
    level_value,
    steps,
    verdict_of,
)
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.clauses.bonus import Bonus
from pactdesk.core.terms.clauses.service_level import Comparator


def exact(clause: Bonus, settling: Settling) -> Node:
    """Zero or positive; only a level that is met earns it. Monotone: better never earns less."""
    verdict = verdict_of(clause.level, settling)
    if verdict is not Verdict.MET or not settling.measured.level(clause.level).denominator:
        return constant(0, Unit.YUAN, label="nothing_earned")
    level = level_clause(clause.level, settling)
    unit = level_unit(level)
    target = term(settling.contract, f"{level.id}.target", unit)
    value = level_value(level, settling)
    order = (value, target) if level.comparator is Comparator.AT_LEAST else (target, value)
    better = calculated(Op.SUBTRACT, *order, unit=unit, label="better_by")
    rate = term(settling.contract, f"{clause.id}.rate", Unit.SHARE)
    counted = steps(better, f"{clause.id}.step", settling)
    earned = calculated(Op.MULTIPLY, counted, rate, settling.fee(), unit=Unit.YUAN, label="earned")
    return capped_by_fee(earned, clause.cap, f"{clause.id}.cap", settling)
