"""How prices may change (费用调整): only by written agreement, from a date."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase, Share


class PriceAdjustment(ClauseBase):
    """`grounds` in the paper's words; `most` caps one change, as a share of the price."""

    kind: Literal["price_adjustment"] = "price_adjustment"
    grounds: str | Blank | None = None
    by_agreement: bool | Blank = True
    most: Share | Blank | None = None
