"""服务费用=客服人员数量×服务时间×人员单价 (E11)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Count, Share


class HoursBasis(StrEnum):
    """Whose hours are multiplied."""

    VERIFIED = "verified"  # clocked inside service hours, at most headcount × service hours
    SCHEDULED = "scheduled"  # headcount × service hours of the month, whoever came


class HeadcountHoursFee(ClauseBase):
    """`headcount` persons × hours × `unit_price` yuan per person and hour."""

    kind: Literal["fee_headcount_hours"] = "fee_headcount_hours"
    headcount: Count | Blank
    unit_price: Amount | Blank
    hours_basis: HoursBasis | Blank
    tax_rate: Share | Blank | None = None
    tax_included: bool | Blank | None = None
