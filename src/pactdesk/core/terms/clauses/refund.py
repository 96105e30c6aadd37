"""退还: what the client gets back when the contract ends early through the provider (A29)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase, Share


class RefundBasis(StrEnum):
    """Of what a share goes back."""

    PAID = "paid"  # everything paid until the end of that month
    UNSERVED = "unserved"  # the same, by the days of the term that are left after the last day


class Refund(ClauseBase):
    """In the month in which the contract ends because of the provider, `share` of `of`."""

    kind: Literal["refund"] = "refund"
    share: Share | Blank
    of: RefundBasis | Blank
