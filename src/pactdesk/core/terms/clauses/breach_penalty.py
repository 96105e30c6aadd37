"""违约金: what a party owes for a breach as such, whatever the loss (seeds A 机制一.2b, C 5.1)."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase
from pactdesk.core.terms.clauses.deduction_event import EventCount
from pactdesk.core.terms.clauses.prices import EventPrice
from pactdesk.core.terms.durations import Duration


class BreachPenalty(ClauseBase):
    """`party` owes `price` for each agreed breach called `what`.

    cap         in yuan, over the whole life of the contract
    pay_within  of the breach (违约之日起____个工作日内); without it, with the statement
    """

    kind: Literal["breach_penalty"] = "breach_penalty"
    party: Literal["provider", "client"]
    what: str
    counts: EventCount | Blank = EventCount.INCIDENT
    price: EventPrice | Blank
    cap: Amount | Blank | None = None
    pay_within: Duration | Blank | None = None
