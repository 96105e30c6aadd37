"""A fixed fee per period (固定月费, 包干)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Day, Share


class FeePeriod(StrEnum):
    """The period that one fee pays for."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Billing(StrEnum):
    """In which month a fee for several months stands on a statement."""

    MONTHLY = "monthly"  # each month its part
    IN_ADVANCE = "in_advance"  # the month in which a paid period begins
    IN_ARREARS = "in_arrears"  # the month in which it ends


class FixedFee(ClauseBase):
    """`amount` yuan for each `per`. `tax_rate` of the price; inside it when `tax_included`.

    billing  absent: monthly. Else the whole amount at once, for paid periods that are counted
             from `since`, or from the first day of the term
    since    first day of the first paid period, such as that of a maintenance after go-live
    adds_up  the parts of a quarter or year that is billed monthly come to the amount, to the fen
    """

    kind: Literal["fee_fixed"] = "fee_fixed"
    amount: Amount | Blank
    per: FeePeriod | Blank
    billing: Billing | Blank | None = None
    since: Day | Blank | None = None
    adds_up: bool | Blank | None = None
    tax_rate: Share | Blank | None = None
    tax_included: bool | Blank | None = None
