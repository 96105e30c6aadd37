"""A base and a performance part for each person (底薪+绩效)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Count, Model, Quantity, Share


class PerformanceBand(Model):
    """From `reached` on (included) `payable` of the performance part is paid."""

    reached: Quantity | Blank
    payable: Share | Blank


class UnjudgedPay(StrEnum):
    """What is paid of the performance part when the level was not measured or not judged."""

    IN_FULL = "in_full"
    NOTHING = "nothing"


class BasePerformanceFee(ClauseBase):
    """`headcount` × (`base_amount` + `performance_amount` × payable share) a month.

    level  the service level that decides; its best band that was reached counts, no band: nothing
    bands  from the worst to the best
    """

    kind: Literal["fee_base_performance"] = "fee_base_performance"
    headcount: Count | Blank
    base_amount: Amount | Blank
    performance_amount: Amount | Blank
    level: str
    bands: tuple[PerformanceBand, ...] | Blank
    unjudged: UnjudgedPay | Blank
    tax_rate: Share | Blank | None = None
    tax_included: bool | Blank | None = None
