"""What single events cost the provider (按次扣款): a leak, an outage, a person absent."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase, Count, Share
from pactdesk.core.terms.clauses.prices import EventPrice


class EventCount(StrEnum):
    """What is multiplied by the price."""

    INCIDENT = "incident"  # 每次: each incident once, whatever its size
    QUANTITY = "quantity"  # 每人次, 每分钟: the persons, minutes or pieces it concerns


class DeductionEvent(ClauseBase):
    """`price` for each agreed event called `what`, the first `free` of a period excepted.

    Source: PRACTICE 3 (data leak −20 % per case, absence per person, outage of 3 daily fees).
    cap  of the period's fee
    """

    kind: Literal["deduction_event"] = "deduction_event"
    what: str
    counts: EventCount | Blank = EventCount.INCIDENT
    price: EventPrice | Blank
    free: Count | None = None
    cap: Share | Blank | None = None
