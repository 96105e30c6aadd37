"""What one event costs: an amount, or a share of something that the contract names."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, Model, Rate


class FixedPrice(Model):
    """`amount` yuan each."""

    kind: Literal["amount"] = "amount"
    amount: Amount | Blank


class ShareOfFee(Model):
    """`rate` of the period's fee each."""

    kind: Literal["share_of_fee"] = "share_of_fee"
    rate: Rate | Blank


class DailyFees(Model):
    """The fee of `days` days each: the period's fee by the calendar days of its month."""

    kind: Literal["daily_fees"] = "daily_fees"
    days: Amount | Blank


class ShareOfContract(Model):
    """`rate` of the contract amount each (合同金额的____%); `of` is that amount in yuan."""

    kind: Literal["share_of_contract"] = "share_of_contract"
    rate: Rate | Blank
    of: Amount | Blank


EventPrice = FixedPrice | ShareOfFee | DailyFees | ShareOfContract
