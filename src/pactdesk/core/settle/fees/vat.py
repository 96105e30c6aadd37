"""增值税: on fees whose price is without tax, one line for all fees of one rate (增值税法 10)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.fees.above import above
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, term
from pactdesk.core.terms.base import ClauseBase, agreed


def applies(clause: Any, settling: Settling) -> bool:
    """Whether the clause is the first, on paper, of the fees with its rate outside the price."""
    together = _together(clause, settling)
    return bool(together) and together[0] == clause.id


def exact(clause: Any, settling: Settling) -> Node:
    """rate × Σ booked fee lines of all clauses with that rate; rounded once, as a line."""
    together = _together(clause, settling)
    base = above(settling, lambda line: line.clause in together, "taxed_fees")
    rate = term(settling.contract, f"{clause.id}.tax_rate", Unit.SHARE)
    return calculated(Op.MULTIPLY, base, rate, unit=Unit.YUAN, label="vat")


def _together(clause: Any, settling: Settling) -> tuple[str, ...]:
    """Ids of the fees with the same rate outside the price, in the paper's order."""
    rate = rate_outside(clause)
    if rate is None:
        return ()
    return tuple(each.id for each in settling.contract.clauses if rate_outside(each) == rate)


def is_outside(clause: Any) -> bool:
    """Whether the clause's own price is without tax."""
    return rate_outside(clause) is not None


def rate_outside(clause: ClauseBase) -> Decimal | None:
    """The rate that comes on top of the price; None where it lies inside or nothing is said."""
    return _rate(clause) if _is_inside(clause) is False else None


def rate_inside(clause: ClauseBase) -> Decimal | None:
    """The rate that the price holds already; None where it comes on top or nothing is said."""
    return _rate(clause) if _is_inside(clause) else None


def _rate(clause: ClauseBase) -> Decimal | None:
    rate: Decimal | None = agreed(getattr(clause, "tax_rate", None), f"{clause.id}.tax_rate")
    return rate


def _is_inside(clause: ClauseBase) -> bool | None:
    path = f"{clause.id}.tax_included"
    told: bool | None = agreed(getattr(clause, "tax_included", None), path)
    return told
