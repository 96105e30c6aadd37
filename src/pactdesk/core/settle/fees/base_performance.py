"""底薪+绩效: a base for each person, and a performance part by what the level reached."""

from __future__ import annotations

from pactdesk.core.measure.level import Standing
from pactdesk.core.settle.consequences.owed.shortfall import (
    level_clause,
    level_value,
)
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.base import agreed, fraction
from pactdesk.core.terms.clauses.fee_base_performance import BasePerformanceFee, UnjudgedPay
from pactdesk.core.terms.clauses.service_level import Comparator
from pactdesk.core.units.errors import PactError


class PerformanceBandsDisordered(PactError):
    """Clause `clause`: its bands do not go from the worst to the best of level `level`."""


def exact(clause: BasePerformanceFee, settling: Settling) -> Node:
    """headcount × base + headcount × performance × payable share; both amounts by days.

    Monotone when the bands' shares rise.

    raises  PerformanceBandsDisordered, BlankLeft
    """
    heads = term(settling.contract, f"{clause.id}.headcount", Unit.PERSONS)
    base, performance = (
        settling.prorated(calculated(Op.MULTIPLY, heads, amount, unit=Unit.YUAN, label=label))
        for amount, label in (
            (term(settling.contract, f"{clause.id}.base_amount", Unit.YUAN), "base_pay"),
            (
                term(settling.contract, f"{clause.id}.performance_amount", Unit.YUAN),
                "performance_pay",
            ),
        )
    )
    earned = calculated(Op.MULTIPLY, performance, _payable(clause, settling), unit=Unit.YUAN)
    return calculated(Op.ADD, base, earned, unit=Unit.YUAN)


def _payable(clause: BasePerformanceFee, settling: Settling) -> Node:
    """The share of the best band that the level reached. The level itself stands beside it."""
    level = level_clause(clause.level, settling)
    measured = settling.measured.level(level.id)
    if measured.standing is not Standing.MEASURED or measured.value is None:
        full = agreed(clause.unjudged, f"{clause.id}.unjudged") is UnjudgedPay.IN_FULL
        label = "unjudged_full" if full else "unjudged_none"
        return constant(int(full), Unit.SHARE, label=label)
    bands = agreed(clause.bands, f"{clause.id}.bands")
    marks = [fraction(b.reached, f"{clause.id}.bands.{n}.reached") for n, b in enumerate(bands)]
    is_rising = agreed(level.comparator, f"{level.id}.comparator") is Comparator.AT_LEAST
    if marks != sorted(set(marks), reverse=not is_rising) or not marks:
        raise PerformanceBandsDisordered(clause=clause.id, level=level.id)
    value = level_value(level, settling).value
    reached = [n for n, m in enumerate(marks) if (value >= m if is_rising else value <= m)]
    if not reached:
        return constant(0, Unit.SHARE, label="no_band_reached")
    return term(settling.contract, f"{clause.id}.bands.{reached[-1]}.payable", Unit.SHARE)
