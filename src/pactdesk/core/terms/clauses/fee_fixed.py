"""A fixed fee per period (固定月费, 包干)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Share


class FeePeriod(StrEnum):
    """The period that one fee pays for."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class FixedFee(ClauseBase):
    """`amount` yuan for each `per`. `tax_rate` of the price; inside it when `tax_included`."""

    kind: Literal["fee_fixed"] = "fee_fixed"
    amount: Amount | Blank
    per: FeePeriod | Blank
    tax_rate: Share | Blank | None = None
    tax_included: bool | Blank | None = None
