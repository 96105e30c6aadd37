"""扣款: what a missed level takes off the fee. Declared monotone: a better month never costs more.

Source: PRACTICE 3 (linear, per event, capped); the order of cap and rounding is a convention.
"""

from __future__ import annotations

from fractions import Fraction

from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, leaf, rounded, term
from pactdesk.core.terms.base import Blank, BlankLeft, agreed
from pactdesk.core.terms.clauses.conventions import CapOrder, Steps
from pactdesk.core.terms.clauses.deduction import Deduction, PerBreach, PerMiss, PerPoint
from pactdesk.core.terms.clauses.service_level import Comparator, Metric, ServiceLevel
from pactdesk.core.terms.contract import ClauseMissing
from pactdesk.core.units.rounding import Rounding, RoundingMode


def exact(clause: Deduction, settling: Settling) -> Node:
    """Zero or negative. A level that is met or undetermined costs nothing."""
    missed = _assessed(clause, settling)
    if missed is not Verdict.MISSED:
        return constant(0, Unit.YUAN, label=f"level_{missed}")
    return calculated(Op.NEGATE, _capped(clause, settling), unit=Unit.YUAN)


def _assessed(clause: Deduction, settling: Settling) -> Verdict:
    for each in settling.assessed:
        if each.clause == clause.level:
            return each.verdict
    raise ClauseMissing(contract=settling.contract.contract_id, wanted=clause.level)


def _capped(clause: Deduction, settling: Settling) -> Node:
    owed = _owed(clause, settling)
    if clause.cap is None:
        return owed
    share = term(settling.contract, f"{clause.id}.cap", Unit.SHARE)
    cap = calculated(Op.MULTIPLY, settling.fee(), share, unit=Unit.YUAN, label="cap")
    conventions = settling.conventions
    if agreed(conventions.cap_order, f"{conventions.id}.cap_order") is CapOrder.ROUND_THEN_CAP:
        owed = rounded(owed, settling.money_rounding, Unit.YUAN)
        # A cap that ends below a fen must not be rounded up beyond itself afterwards.
        cap = rounded(cap, Rounding(settling.money_rounding.unit, RoundingMode.DOWN), Unit.YUAN)
    return calculated(Op.MINIMUM, owed, cap, unit=Unit.YUAN, label="capped")


def _owed(clause: Deduction, settling: Settling) -> Node:
    path = f"{clause.id}.rule"
    match clause.rule:
        case PerPoint():
            rate = term(settling.contract, f"{path}.rate", Unit.SHARE)
            per_step = (_steps(clause, settling), rate, settling.fee())
            return calculated(Op.MULTIPLY, *per_step, unit=Unit.YUAN, label="owed")
        case PerMiss():
            rate = term(settling.contract, f"{path}.rate", Unit.SHARE)
            return calculated(Op.MULTIPLY, rate, settling.fee(), unit=Unit.YUAN, label="owed")
        case PerBreach():
            amount = term(settling.contract, f"{path}.amount", Unit.YUAN)
            missed = settling.measured.level(clause.level).missed
            breaches = leaf(Op.BREACHES, len(missed), Unit.COUNT, of=clause.level)
            return calculated(Op.MULTIPLY, breaches, amount, unit=Unit.YUAN, label="owed")
        case Blank(blank=quote):
            raise BlankLeft(path=path, quote=quote)


def _steps(clause: Deduction, settling: Settling) -> Node:
    """How many steps the level lies on the wrong side of its target, as agreed for parts."""
    shortfall = _shortfall(clause, settling)
    step = term(settling.contract, f"{clause.id}.rule.step", shortfall.unit)
    parts = calculated(Op.DIVIDE, shortfall, step, unit=Unit.COUNT, label="steps")
    conventions = settling.conventions
    match agreed(conventions.steps, f"{conventions.id}.steps"):
        case Steps.FULL:
            return calculated(Op.FLOOR, parts, unit=Unit.COUNT, label="full_steps")
        case Steps.STARTED:
            return calculated(Op.CEILING, parts, unit=Unit.COUNT, label="started_steps")
        case Steps.PROPORTIONAL:
            return parts


def _shortfall(clause: Deduction, settling: Settling) -> Node:
    level = settling.contract.clause(clause.level)
    assert isinstance(level, ServiceLevel)  # noqa: S101 - assessed levels are nothing else
    measured = settling.measured.level(level.id)
    average = agreed(level.metric, f"{level.id}.metric") is Metric.FIRST_RESPONSE_AVERAGE
    unit = Unit.SECONDS if average else Unit.SHARE
    target = term(settling.contract, f"{level.id}.target", unit)
    value = leaf(Op.LEVEL, measured.value or Fraction(0), unit, of=level.id)
    at_least = level.comparator is Comparator.AT_LEAST
    order = (target, value) if at_least else (value, target)
    gap = calculated(Op.SUBTRACT, *order, unit=unit, label="gap")
    return calculated(Op.MAXIMUM, gap, constant(0, unit), unit=unit, label="shortfall")
