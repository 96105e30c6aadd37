"""服务费用=客服人员数量×服务时间×人员单价 (seed E 2.1.2)."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import (
    Node,
    Op,
    Unit,
    calculated,
    constant,
    leaf,
    rounded,
    term,
)
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.fee_headcount_hours import HeadcountHoursFee, HoursBasis
from pactdesk.core.units.exact import MILLISECONDS_PER_HOUR


def exact(clause: HeadcountHoursFee, settling: Settling) -> Node:
    """Person-hours, rounded once as agreed, × unit price.

    verified   the hours clocked inside service hours; not more than headcount × service hours
    scheduled  headcount × service hours, whoever came
    """
    price = term(settling.contract, f"{clause.id}.unit_price", Unit.YUAN_PER_HOUR)
    hours = rounded(
        _person_hours(clause, settling), settling.hours_rounding, Unit.HOURS, label="billed_hours"
    )
    return calculated(Op.MULTIPLY, hours, price, unit=Unit.YUAN)


def _person_hours(clause: HeadcountHoursFee, settling: Settling) -> Node:
    headcount = term(settling.contract, f"{clause.id}.headcount", Unit.PERSONS)
    opened = leaf(Op.OPEN_TIME, settling.measured.open_ms, Unit.MILLISECONDS)
    ordered = calculated(
        Op.MULTIPLY, headcount, _hours(opened, "service_hours"), unit=Unit.HOURS, label="ordered"
    )
    if agreed(clause.hours_basis, f"{clause.id}.hours_basis") is HoursBasis.SCHEDULED:
        return ordered
    seated = leaf(Op.SEAT_TIME, settling.measured.seat_time.total_ms, Unit.MILLISECONDS)
    return calculated(Op.MINIMUM, _hours(seated, "verified_hours"), ordered, unit=Unit.HOURS)


def _hours(milliseconds: Node, label: str) -> Node:
    per_hour = constant(MILLISECONDS_PER_HOUR, Unit.MILLISECONDS)
    return calculated(Op.DIVIDE, milliseconds, per_hour, unit=Unit.HOURS, label=label)
