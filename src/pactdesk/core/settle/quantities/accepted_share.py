"""验收份额: which share of a work item the client last accepted (`accepted_share|item`)."""

from __future__ import annotations

from fractions import Fraction

from pactdesk.core.facts.fact import as_happened
from pactdesk.core.facts.families.works import WorkTold
from pactdesk.core.facts.names import FactKind, WorkEvent
from pactdesk.core.settle.counting import Counting
from pactdesk.core.units.exact import exact_value


def counted(counting: Counting, item: str) -> Fraction:
    """Of the period's last `accepted` or `refused` fact of the item; 1 where there is none.

    accepted: its share; refused: what is left of 1 beside the share that was refused.
    """
    share = Fraction(1)
    for each in as_happened(counting.facts, FactKind.WORK):
        told = each.fact.detail
        if not counting.start <= each.fact.occurred_at < counting.end:
            continue
        if isinstance(told, WorkTold) and told.item == item and told.event is not WorkEvent.DONE:
            accepted = told.event is WorkEvent.ACCEPTED
            share = exact_value(told.share) if accepted else 1 - exact_value(told.share)
    return share
