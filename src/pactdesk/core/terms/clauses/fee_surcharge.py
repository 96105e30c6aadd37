"""What comes on top: holidays, promotion hours, 7×24, full quality checks (加价)."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Day, Model, Rate, Share
from pactdesk.core.terms.clauses.service_hours import WindowText


class MarkedDays(Model):
    """The days that cost more: every one that `dates` lists or, with `holidays`, a holiday."""

    holidays: bool | Blank = False
    dates: tuple[Day, ...] | Blank = ()


class PerPersonDay(Model):
    """`amount` yuan for each agent and marked day on which the agent was there."""

    kind: Literal["per_person_day"] = "per_person_day"
    amount: Amount | Blank
    marked: MarkedDays


class TimeBand(Model):
    """`rate` of `unit_price` yuan for each hour of an agent in the windows of marked days."""

    kind: Literal["time_band"] = "time_band"
    rate: Rate | Blank
    unit_price: Amount | Blank
    windows: tuple[WindowText, ...] | Blank
    marked: MarkedDays


class OfFee(Model):
    """`rate` of what the fee clause with id `fee` comes to."""

    kind: Literal["of_fee"] = "of_fee"
    rate: Rate | Blank
    fee: str


class Surcharge(ClauseBase):
    """Beside the fees, and part of the period's fee like these."""

    kind: Literal["fee_surcharge"] = "fee_surcharge"
    rule: PerPersonDay | TimeBand | OfFee | Blank
    title: str | None = None
    tax_rate: Share | Blank | None = None
    tax_included: bool | Blank | None = None
