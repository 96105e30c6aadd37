"""退还已付费用: when the contract ends early through the provider (A29)."""

from __future__ import annotations

from pactdesk.core.facts.names import Party
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.quantities.ending import ended_on
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.refund import Refund, RefundBasis


def exact(clause: Refund, settling: Settling) -> Node:
    """Zero or negative: share × fees paid, for UNSERVED × days left ÷ days of the term."""
    return _of(clause, settling, "fees_paid")


def of_everything_paid(clause: Refund, settling: Settling) -> Node:
    """Rules version 1: share × everything that was paid, also expenses and late fees."""
    return _of(clause, settling, "paid")


def _of(clause: Refund, settling: Settling, quantity: str) -> Node:
    if ended_on(settling.counting, str(Party.PROVIDER)) is None:
        return constant(0, Unit.YUAN, label="not_ended")
    share = term(settling.contract, f"{clause.id}.share", Unit.SHARE)
    factors = [share, settling.counted(quantity, unit=Unit.YUAN)]
    if agreed(clause.of, f"{clause.id}.of") is RefundBasis.UNSERVED:
        left = settling.counted("days_left", str(Party.PROVIDER), unit=Unit.DAYS)
        whole = settling.counted("days_of_term", unit=Unit.DAYS)
        factors.append(calculated(Op.DIVIDE, left, whole, unit=Unit.SHARE, label="unserved_share"))
    owed = calculated(Op.MULTIPLY, *factors, unit=Unit.YUAN, label="refunded")
    return calculated(Op.NEGATE, owed, unit=Unit.YUAN)
