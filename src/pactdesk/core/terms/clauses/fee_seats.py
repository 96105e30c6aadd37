"""Seats by the month: 坐席数 × 月单价 × 实际出勤 ÷ 应出勤 (PRACTICE 2)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Count, Share


class SeatsBasis(StrEnum):
    """Which seats are paid."""

    AGREED = "agreed"  # the ordered ones, whoever came
    PRESENT = "present"  # days on which agents were there ÷ working days, at most the ordered ones


class SeatsFee(ClauseBase):
    """`seats` persons at `monthly_price` yuan each; `minimum_seats` are paid in any case."""

    kind: Literal["fee_seats"] = "fee_seats"
    seats: Count | Blank
    monthly_price: Amount | Blank
    basis: SeatsBasis | Blank
    minimum_seats: Count | Blank | None = None
    tax_rate: Share | Blank | None = None
    tax_included: bool | Blank | None = None
