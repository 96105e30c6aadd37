"""The due rule and rhythm that the provisions read, as typed terms."""

from __future__ import annotations

from typing import cast

from pactdesk.core.terms.base import Source
from pactdesk.core.terms.clauses.payment import PaymentCycle
from pactdesk.core.terms.durations import Due, DueEvent, DueKind
from pactdesk.documents.clauses.priced import passage_for, source_of
from pactdesk.documents.paper import Paper
from pactdesk.documents.provisions import payment
from pactdesk.documents.provisions.noted import LIKELY
from pactdesk.documents.provisions.payment import Payment

_EVENTS = {
    event.value: event
    for event in DueEvent
    if event not in (DueEvent.ACCEPTED, DueEvent.CONTRACT_SIGNED)
}
_BY_DAY = frozenset(
    {
        DueKind.DAY_OF_MONTH,
        DueKind.DAYS_OF_MONTH,
        DueKind.DAY_OF_QUARTER_FIRST_MONTH,
        DueKind.DAY_OF_HALF_YEAR_FIRST_MONTH,
        DueKind.WEEKDAY_NEXT_WEEK,
    }
)


def payment_of(paper: Paper) -> Payment:
    """What the provisions read about paying, once for each paper."""
    kept = vars(paper)
    if "_payment" not in kept:
        kept["_payment"] = payment.read(passage_for(paper))
    return cast("Payment", kept["_payment"])


def due_of(paper: Paper) -> tuple[Due, dict[str, Source]] | None:
    """The rule where the words settle it; an event that no term has is left to a person."""
    noted = payment_of(paper).due
    if noted is None or noted.sure < LIKELY:
        return None
    kind, days = DueKind(noted.value.kind), noted.value.n
    event = _EVENTS.get(noted.value.event or "")
    if kind not in _BY_DAY and event is None:
        return None
    first, *also = days if isinstance(days, tuple) else (days,)
    if min(first, *also, 1) < 1:
        return None  # 0日: a slip, for a person to look at
    source = source_of(paper, noted)
    starts = DueEvent.PERIOD_END if kind in _BY_DAY or event is None else event
    told = Due(kind=kind, n=first, event=starts)
    if also:
        told = Due(kind=kind, n=first, event=starts, also=tuple(also))
    return told, {"due.n": source, "due.event": source}


def cycle_of(paper: Paper) -> tuple[PaymentCycle | None, Source] | None:
    """Every month, quarter or year; None with its place for a rhythm that no term has."""
    noted = payment_of(paper).cycle
    if noted is None or noted.sure < LIKELY:
        return None
    names = {cycle.value: cycle for cycle in PaymentCycle}
    return names.get(noted.value), source_of(paper, noted)
