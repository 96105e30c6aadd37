"""How far a level lies on the wrong, or the right, side of a mark."""

from __future__ import annotations

from fractions import Fraction

from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, leaf, term
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.conventions import Steps
from pactdesk.core.terms.clauses.service_level import Comparator, Metric, ServiceLevel
from pactdesk.core.terms.contract import ClauseMissing


class LevelMissing(ClauseMissing):
    """A clause in force of `contract` looks at `level`, which is no service level in force."""


def level_clause(level_id: str, settling: Settling) -> ServiceLevel:
    """The level that a consequence names; raises LevelMissing."""
    for level in settling.contract.of_kind(ServiceLevel):
        if level.id == level_id:
            return level
    raise LevelMissing(contract=settling.contract.contract_id, level=level_id)


def verdict_of(level_id: str, settling: Settling) -> Verdict:
    """What the period's assessment says of the level; raises LevelMissing."""
    for each in settling.assessed:
        if each.clause == level_id:
            return each.verdict
    raise LevelMissing(contract=settling.contract.contract_id, level=level_id)


def level_unit(level: ServiceLevel) -> Unit:
    """What the level's value counts."""
    average = agreed(level.metric, f"{level.id}.metric") is Metric.FIRST_RESPONSE_AVERAGE
    return Unit.SECONDS if average else Unit.SHARE


def level_value(level: ServiceLevel, settling: Settling) -> Node:
    """The measured value; 0 where nothing was measured."""
    value = settling.measured.level(level.id).value or Fraction(0)
    return leaf(Op.LEVEL, value, level_unit(level), of=level.id)


def shortfall(level_id: str, settling: Settling) -> Node:
    """By how much the target is missed; 0 when it is met."""
    level = level_clause(level_id, settling)
    target = term(settling.contract, f"{level.id}.target", level_unit(level))
    return beyond(level, target, settling)


def beyond(level: ServiceLevel, mark: Node, settling: Settling) -> Node:
    """By how much the value lies on the bad side of the mark; 0 on the good side."""
    value, unit = level_value(level, settling), level_unit(level)
    at_least = level.comparator is Comparator.AT_LEAST
    order = (mark, value) if at_least else (value, mark)
    gap = calculated(Op.SUBTRACT, *order, unit=unit, label="gap")
    return calculated(Op.MAXIMUM, gap, constant(0, unit), unit=unit, label="shortfall")


def steps(distance: Node, step_path: str, settling: Settling) -> Node:
    """How many steps a distance has, as agreed for parts of one."""
    step = term(settling.contract, step_path, distance.unit)
    parts = calculated(Op.DIVIDE, distance, step, unit=Unit.COUNT, label="steps")
    conventions = settling.conventions
    match agreed(conventions.steps, f"{conventions.id}.steps"):
        case Steps.FULL:
            return calculated(Op.FLOOR, parts, unit=Unit.COUNT, label="full_steps")
        case Steps.STARTED:
            return calculated(Op.CEILING, parts, unit=Unit.COUNT, label="started_steps")
        case Steps.PROPORTIONAL:
            return parts
