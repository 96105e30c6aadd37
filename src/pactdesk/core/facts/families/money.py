"""Money that is no payment of a statement: sales, expenses, deposits, losses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from pactdesk.core.facts.fields import (
    HASH,
    Choice,
    Field,
    Measured,
    Optional,
    Several,
    Share,
    Text,
    Whole,
)
from pactdesk.core.facts.names import DepositEvent, ExpenseEvent, FactKind, Party, SaleEvent


@dataclass(frozen=True, slots=True)
class SaleTold(Measured):
    """An order that the desk landed was paid, or money went back to the customer.

    order   the shop's order number; a refund names the order it belongs to
    """

    kind: ClassVar[FactKind] = FactKind.SALE
    fields: ClassVar[Mapping[str, Field]] = {
        "order": Text(),
        "event": Choice(SaleEvent),
        "amount_fen": Whole(1),
        "agent": Text(optional=True),
    }
    order: str
    event: SaleEvent
    amount_fen: int
    agent: str | None = None


@dataclass(frozen=True, slots=True)
class ExpenseTold(Measured):
    """An expense was claimed, approved or refused; `receipt` is the SHA-256 of its receipt."""

    kind: ClassVar[FactKind] = FactKind.EXPENSE
    fields: ClassVar[Mapping[str, Field]] = {
        "expense": Text(),
        "event": Choice(ExpenseEvent),
        "category": Text(),
        "amount_fen": Whole(1),
        "receipt": Optional(HASH),
    }
    expense: str
    event: ExpenseEvent
    category: str
    amount_fen: int
    receipt: str | None = None


@dataclass(frozen=True, slots=True)
class DepositMoved(Measured):
    """A deposit was paid, returned or forfeited; `deposit` is its clause."""

    kind: ClassVar[FactKind] = FactKind.DEPOSIT
    fields: ClassVar[Mapping[str, Field]] = {
        "deposit": Text(),
        "event": Choice(DepositEvent),
        "amount_fen": Whole(1),
    }
    deposit: str
    event: DepositEvent
    amount_fen: int


@dataclass(frozen=True, slots=True)
class LossShown(Measured):
    """A loss that a party claims, judged on the worksheet (seed E 标准1-3).

    by           who claims it
    severity, impact, fault   parts of one whole: how grave, how wide, how much the other's fault
    reason       why these parts
    approved_by  it is owed once both say so, or once a court does (the reason says so)
    """

    kind: ClassVar[FactKind] = FactKind.LOSS
    fields: ClassVar[Mapping[str, Field]] = {
        "claim": Text(),
        "by": Choice(Party),
        "evidenced_fen": Whole(0),
        "severity": Share(),
        "impact": Share(),
        "fault": Share(),
        "reason": Text(),
        "approved_by": Several(Choice(Party)),
    }
    claim: str
    by: Party
    evidenced_fen: int
    severity: str
    impact: str
    fault: str
    reason: str
    approved_by: tuple[Party, ...]

    @property
    def is_approved(self) -> bool:
        """Whether both parties said yes."""
        return set(self.approved_by) == set(Party)
