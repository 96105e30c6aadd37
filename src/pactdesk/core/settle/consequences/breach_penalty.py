"""违约金: agreed breaches of a party × their price; capped over the life of the contract."""

from __future__ import annotations

from pactdesk.core.facts.names import Party
from pactdesk.core.settle.consequences.capping import of_life
from pactdesk.core.settle.consequences.event_price import charged
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.breach_penalty import BreachPenalty
from pactdesk.core.terms.clauses.deduction_event import EventCount
from pactdesk.core.terms.clauses.prices import FixedPrice, ShareOfContract
from pactdesk.core.units.errors import PactError


class CapNeedsFixedPrice(PactError):
    """Penalty `clause` has a cap over the contract's life, but a price that changes by month."""


def exact(clause: BreachPenalty, settling: Settling) -> Node:
    """Negative when the provider owes it, positive when the client does."""
    is_fixed = isinstance(clause.price, FixedPrice | ShareOfContract)
    if clause.cap is not None and not is_fixed:
        raise CapNeedsFixedPrice(clause=clause.id)
    by_size = agreed(clause.counts, f"{clause.id}.counts") is EventCount.QUANTITY
    quantity = "incident_size" if by_size else "incidents"
    events = settling.counted(quantity, clause.what, clause.party)
    if events.value == 0:
        return constant(0, Unit.YUAN, label="no_breach")
    path = f"{clause.id}.price"
    if clause.cap is None:
        owed = charged(events, clause.price, path, settling)
    else:
        so_far, before = (
            charged(
                settling.counted(f"{quantity}_ever", clause.what, clause.party, until),
                clause.price,
                path,
                settling,
            )
            for until in ("end", "start")
        )
        owed = of_life(so_far, before, term(settling.contract, f"{clause.id}.cap", Unit.YUAN))
    if Party(clause.party) is Party.CLIENT:
        return owed
    return calculated(Op.NEGATE, owed, unit=Unit.YUAN)
