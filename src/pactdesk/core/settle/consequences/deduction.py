"""扣款: what a missed level takes off the fee. Declared monotone: a better month never costs more.

Source: PRACTICE 3 (linear, tiered, interpolated, per event, capped); the order of cap and rounding
is a convention. Tiers are monotone when their rates rise, which the linter looks at.
"""

from __future__ import annotations

from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.settle.consequences.capping import capped_by_fee
from pactdesk.core.settle.consequences.grace import in_grace
from pactdesk.core.settle.consequences.owed import (
    interpolated,
    per_breach,
    per_miss,
    per_point,
    tiered,
)
from pactdesk.core.settle.consequences.owed.shortfall import verdict_of
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant
from pactdesk.core.terms.base import Blank, BlankLeft
from pactdesk.core.terms.clauses.deduction import (
    Deduction,
    Interpolated,
    PerBreach,
    PerMiss,
    PerPoint,
    Tiered,
)


def exact(clause: Deduction, settling: Settling) -> Node:
    """Zero or negative. A level that is met or undetermined costs nothing, nor a month of grace."""
    if isinstance(clause.rule, Interpolated):
        interpolated.whole_way(clause, settling)
    missed = verdict_of(clause.level, settling)
    if missed is not Verdict.MISSED:
        return constant(0, Unit.YUAN, label=f"level_{missed}")
    if in_grace(settling.contract, settling.period):
        return constant(0, Unit.YUAN, label="level_grace")
    owed = capped_by_fee(_owed(clause, settling), clause.cap, f"{clause.id}.cap", settling)
    return calculated(Op.NEGATE, owed, unit=Unit.YUAN)


def _owed(clause: Deduction, settling: Settling) -> Node:
    match clause.rule:
        case PerPoint() as rule:
            return per_point.owed(clause, rule, settling)
        case PerMiss() as rule:
            return per_miss.owed(clause, rule, settling)
        case PerBreach() as rule:
            return per_breach.owed(clause, rule, settling)
        case Tiered() as rule:
            return tiered.owed(clause, rule, settling)
        case Interpolated() as rule:
            return interpolated.owed(clause, rule, settling)
        case Blank(blank=quote):
            raise BlankLeft(path=f"{clause.id}.rule", quote=quote)
