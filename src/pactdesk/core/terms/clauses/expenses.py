"""Expenses that the client bears (差旅、通讯 …), and those that the provider bears itself."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Model


class ExpenseCategory(Model):
    """`category` as expense facts call it; yuan at most for one expense, and for a month."""

    category: str
    cap_per_item: Amount | Blank | None = None
    cap_per_month: Amount | Blank | None = None


class Expenses(ClauseBase):
    """What the client approved of the `reimbursed` categories; of no others.

    needs_receipt  only with a receipt
    borne          categories that the provider bears itself (A53): for readers; never reimbursed
    """

    kind: Literal["expenses"] = "expenses"
    reimbursed: tuple[ExpenseCategory, ...] | Blank
    needs_receipt: bool | Blank
    borne: tuple[str, ...] = ()
