"""加价: holidays per person and day, promotion hours by band, a share of another fee (B19)."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.fees.above import above
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, rounded, term
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.fee_surcharge import OfFee, PerPersonDay, Surcharge, TimeBand
from pactdesk.core.units.exact import MILLISECONDS_PER_HOUR


def exact(clause: Surcharge, settling: Settling) -> Node:
    """Zero or positive.

    raises  ClauseMissing when it is a share of a clause that is not there
    """
    path = f"{clause.id}.rule"
    rule = agreed(clause.rule, path)
    if isinstance(rule, PerPersonDay):
        amount = term(settling.contract, f"{path}.amount", Unit.YUAN)
        days = settling.counted("marked_days", clause.id, unit=Unit.DAYS)
        return calculated(Op.MULTIPLY, days, amount, unit=Unit.YUAN)
    rate = term(settling.contract, f"{path}.rate", Unit.SHARE)
    if isinstance(rule, TimeBand):
        price = term(settling.contract, f"{path}.unit_price", Unit.YUAN_PER_HOUR)
        return calculated(Op.MULTIPLY, _hours(clause, settling), price, rate, unit=Unit.YUAN)
    assert isinstance(rule, OfFee)  # noqa: S101 - the last of the three
    base = settling.contract.clause(rule.fee).id
    fee = above(settling, lambda line: line.clause == base, "surcharged_fee")
    return calculated(Op.MULTIPLY, fee, rate, unit=Unit.YUAN)


def _hours(clause: Surcharge, settling: Settling) -> Node:
    """Rounded once as agreed for hours, before the price."""
    told = settling.counted("marked_ms", clause.id, unit=Unit.MILLISECONDS)
    per_hour = constant(MILLISECONDS_PER_HOUR, Unit.MILLISECONDS)
    hours = calculated(Op.DIVIDE, told, per_hour, unit=Unit.HOURS, label="marked_hours")
    return rounded(hours, settling.hours_rounding, Unit.HOURS, label="billed_hours")
