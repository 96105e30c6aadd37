"""What a number of events costs by the price that the contract names."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, term
from pactdesk.core.terms.base import Blank, BlankLeft
from pactdesk.core.terms.clauses.prices import (
    DailyFees,
    EventPrice,
    FixedPrice,
    ShareOfContract,
    ShareOfFee,
)


def charged(events: Node, price: EventPrice | Blank, path: str, settling: Settling) -> Node:
    """events × price, in yuan; `path` is the price's term path."""
    match price:
        case FixedPrice():
            factors = [term(settling.contract, f"{path}.amount", Unit.YUAN)]
        case ShareOfFee():
            rate = term(settling.contract, f"{path}.rate", Unit.SHARE)
            factors = [rate, settling.fee()]
        case DailyFees():
            days = term(settling.contract, f"{path}.days", Unit.DAYS)
            factors = [days, _daily_fee(settling)]
        case ShareOfContract():
            rate = term(settling.contract, f"{path}.rate", Unit.SHARE)
            whole = term(settling.contract, f"{path}.of", Unit.YUAN)
            factors = [rate, whole]
        case Blank(blank=quote):
            raise BlankLeft(path=path, quote=quote)
    return calculated(Op.MULTIPLY, events, *factors, unit=Unit.YUAN, label="owed")


def _daily_fee(settling: Settling) -> Node:
    days = settling.counted("days", unit=Unit.DAYS)
    return calculated(Op.DIVIDE, settling.fee(), days, unit=Unit.YUAN, label="daily_fee")
