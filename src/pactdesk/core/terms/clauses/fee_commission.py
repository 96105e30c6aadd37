"""Commission on what the agents sold (销售提成; 底薪+提成)."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Count, Model, Rate, Share, Step
from pactdesk.core.terms.clauses.fee_per_unit import Tiering


class CommissionTier(Model):
    """Net sales of a month up to `up_to` yuan (included) at `rate`; the last band has no end."""

    up_to: Step | Blank | None = None
    rate: Rate | Blank


class CommissionFee(ClauseBase):
    """`rate`, or the rate of the band, of paid sales less refunds; and a base for each seat.

    settle_window  a refund up to this many days after the payment takes its commission back
    tiers          instead of `rate`, by the net sales of a calendar month
    base_amount    yuan for each of `seats` seats and month (底薪)
    """

    kind: Literal["fee_commission"] = "fee_commission"
    settle_window: Count | Blank
    rate: Rate | Blank | None = None
    tiers: tuple[CommissionTier, ...] | Blank = ()
    tiering: Tiering | Blank | None = None
    base_amount: Amount | Blank | None = None
    seats: Count | Blank | None = None
    tax_rate: Share | Blank | None = None
    tax_included: bool | Blank | None = None
