"""An amount and its cap: rounded before or after, as agreed."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, rounded, term
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.conventions import CapOrder
from pactdesk.core.units.rounding import Rounding, RoundingMode


def capped_by_fee(owed: Node, cap: object, path: str, settling: Settling) -> Node:
    """At most the share at `path` of the period's fee; without a cap the same amount."""
    if cap is None:
        return owed
    share = term(settling.contract, path, Unit.SHARE)
    limit = calculated(Op.MULTIPLY, settling.fee(), share, unit=Unit.YUAN, label="cap")
    conventions = settling.conventions
    if agreed(conventions.cap_order, f"{conventions.id}.cap_order") is CapOrder.ROUND_THEN_CAP:
        owed = rounded(owed, settling.money_rounding, Unit.YUAN)
        # A cap that ends below a fen must not be rounded up beyond itself afterwards.
        limit = rounded(limit, Rounding(settling.money_rounding.unit, RoundingMode.DOWN), Unit.YUAN)
    return calculated(Op.MINIMUM, owed, limit, unit=Unit.YUAN, label="capped")


def of_life(so_far: Node, before: Node, cap: Node) -> Node:
    """What this period adds to an amount that is capped over the life of the contract.

    so_far, before  the uncapped amounts up to the end, and up to the start, of the period
    """
    now = calculated(Op.MINIMUM, so_far, cap, unit=Unit.YUAN, label="capped")
    billed = calculated(Op.MINIMUM, before, cap, unit=Unit.YUAN, label="billed_before")
    return calculated(Op.SUBTRACT, now, billed, unit=Unit.YUAN, label="amount")
