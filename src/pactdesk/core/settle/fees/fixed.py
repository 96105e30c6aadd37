"""固定费用: `amount` for each month, quarter or year."""

from __future__ import annotations

from fractions import Fraction

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.fee_fixed import FeePeriod, FixedFee

_MONTHS = {FeePeriod.MONTH: 1, FeePeriod.QUARTER: 3, FeePeriod.YEAR: 12}


def exact(clause: FixedFee, settling: Settling) -> Node:
    """amount × months of the period ÷ months that one amount pays for; part of a month by days.

    Source: seed B 4.1 固定月费.
    """
    amount = term(settling.contract, f"{clause.id}.amount", Unit.YUAN)
    per = _MONTHS[agreed(clause.per, f"{clause.id}.per")]
    periods = constant(Fraction(1, per), Unit.COUNT, label="fee_periods")
    return settling.prorated(calculated(Op.MULTIPLY, amount, periods, unit=Unit.YUAN))
