"""迟延: late days of a work item under a delay clause (`delay_days|clause|start or end`)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from pactdesk.core.facts.fact import as_happened
from pactdesk.core.facts.families.works import WorkTold
from pactdesk.core.facts.names import FactKind, WorkEvent
from pactdesk.core.settle.counting import Counting
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.delay_penalty import DelayPenalty
from pactdesk.core.units.instants import local_day, zone_named


def counted(counting: Counting, clause_id: str, until: str) -> Fraction:
    """Days after `due`, up to the day on which the item was done (that day included), or up to
    the last day before the period's "start" or "end"; 0 while it is not late."""
    clause = counting.contract.clause(clause_id)
    assert isinstance(clause, DelayPenalty)  # noqa: S101 - its own line asks
    due = agreed(clause.due, f"{clause_id}.due")
    last = {"start": counting.period.start, "end": counting.period.end}[until] - timedelta(days=1)
    done = _done_on(counting, clause.item)
    if done is not None:
        last = min(last, done)
    return Fraction(max(0, (last - due).days))


def _done_on(counting: Counting, item: str) -> date | None:
    """The local day of the first `done` fact of the item that happened before the period's end."""
    for each in as_happened(counting.facts, FactKind.WORK):
        told = each.fact.detail
        if each.fact.occurred_at >= counting.end:
            break
        if isinstance(told, WorkTold) and told.item == item and told.event is WorkEvent.DONE:
            return local_day(each.fact.occurred_at, zone_named(counting.contract.zone))
    return None
