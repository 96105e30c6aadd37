"""直线插值: nothing at the target, `rate` of the fee at `worst`, in a straight line between."""

from __future__ import annotations

from pactdesk.core.settle.consequences.owed.shortfall import level_clause, level_unit, shortfall
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.clauses.deduction import Deduction, Interpolated
from pactdesk.core.terms.clauses.service_level import Comparator
from pactdesk.core.units.errors import PactError


class WorstNotWorse(PactError):
    """Deduction `clause`: its `worst` is not on the bad side of the target of level `level`."""


def owed(clause: Deduction, _rule: Interpolated, settling: Settling) -> Node:
    """min(1, shortfall ÷ distance of target and worst) × rate × fee."""
    whole = whole_way(clause, settling)
    way = calculated(Op.DIVIDE, shortfall(clause.level, settling), whole, unit=Unit.SHARE)
    part = calculated(
        Op.MINIMUM, way, constant(1, Unit.SHARE), unit=Unit.SHARE, label="part_of_way"
    )
    rate = term(settling.contract, f"{clause.id}.rule.rate", Unit.SHARE)
    return calculated(Op.MULTIPLY, part, rate, settling.fee(), unit=Unit.YUAN, label="owed")


def whole_way(clause: Deduction, settling: Settling) -> Node:
    """The distance of target and worst; raises WorstNotWorse, LevelMissing."""
    level = level_clause(clause.level, settling)
    unit = level_unit(level)
    target = term(settling.contract, f"{level.id}.target", unit)
    worst = term(settling.contract, f"{clause.id}.rule.worst", unit)
    order = (target, worst) if level.comparator is Comparator.AT_LEAST else (worst, target)
    whole = calculated(Op.SUBTRACT, *order, unit=unit, label="whole_way")
    if whole.value <= 0:
        raise WorstNotWorse(clause=clause.id, level=level.id)
    return whole
