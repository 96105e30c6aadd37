"""What damage takes off a person's wage (工资支付暂行规定 16)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Share

WageShare = Annotated[
    Share,
    Field(le=Decimal("0.2")),
    WithJsonSchema({"type": "string", "pattern": r"^0+(\.([01][0-9]{0,11}|20{0,11}))?$"}),
]
"""The law allows a fifth of the month's wage and no more."""


class WageDeduction(ClauseBase):
    """Agreed losses, at most `cap` of the wage, and never below `minimum_hourly` × hours.

    minimum_hourly  the local minimum wage of an hour, as the parties keep it up to date
    """

    kind: Literal["wage_deduction"] = "wage_deduction"
    cap: WageShare | Blank
    minimum_hourly: Amount | Blank
