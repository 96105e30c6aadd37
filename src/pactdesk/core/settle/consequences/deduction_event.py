"""按次扣款: agreed events of the period × their price, at most the cap.

Declared monotone: one event more never costs the provider less.
"""

from __future__ import annotations

from pactdesk.core.facts.names import Party
from pactdesk.core.settle.consequences.capping import capped_by_fee
from pactdesk.core.settle.consequences.event_price import charged
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.deduction_event import DeductionEvent, EventCount


def exact(clause: DeductionEvent, settling: Settling) -> Node:
    """Zero or negative."""
    by_size = agreed(clause.counts, f"{clause.id}.counts") is EventCount.QUANTITY
    quantity = "incident_size" if by_size else "incidents"
    events = settling.counted(quantity, clause.what, str(Party.PROVIDER))
    if events.value == 0:
        return constant(0, Unit.YUAN, label="no_event")
    if clause.free is not None:
        events = _beyond_free(clause, events, settling)
    owed = charged(events, clause.price, f"{clause.id}.price", settling)
    capped = capped_by_fee(owed, clause.cap, f"{clause.id}.cap", settling)
    return calculated(Op.NEGATE, capped, unit=Unit.YUAN)


def _beyond_free(clause: DeductionEvent, events: Node, settling: Settling) -> Node:
    free = term(settling.contract, f"{clause.id}.free", Unit.COUNT)
    rest = calculated(Op.SUBTRACT, events, free, unit=Unit.COUNT)
    return calculated(
        Op.MAXIMUM, rest, constant(0, Unit.COUNT), unit=Unit.COUNT, label="beyond_free"
    )
