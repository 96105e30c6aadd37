"""When and how the client pays (支付)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase, Model
from pactdesk.core.terms.durations import Due


class PaymentCycle(StrEnum):
    """How often a statement is paid."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"


class BankAccount(Model):
    """The account that the paper names (B21)."""

    bank: str | Blank
    holder: str | Blank
    number: str | Blank


class Payment(ClauseBase):
    """Each statement is due as `due` says.

    statement_due  by when the provider hands in the statement (结算报告) of a period
    """

    kind: Literal["payment"] = "payment"
    cycle: PaymentCycle | Blank
    due: Due
    statement_due: Due | Blank | None = None
    method: str | Blank | None = None
    account: BankAccount | None = None
