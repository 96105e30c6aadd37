"""The last day of the term: as agreed, as renewed, or as ended early.

Source: the period clause (期限、续约), termination. A renewal, by silence or by word, is a fact
with its new last day; so is a termination. Neither changes the terms themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from pactdesk.core.facts.fact import RecordedFact, as_happened
from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.names import ContractEvent, FactKind
from pactdesk.core.units.instants import day_start, local_day
from pactdesk.core.units.periods import Period


def last_day(agreed: date, facts: Iterable[RecordedFact], month: Period, zone: ZoneInfo) -> date:
    """The latest of the agreed day and every renewal; the first termination's where it is earlier.

    Nothing that happened after the month is looked at.
    """
    last, ended = agreed, None
    before = day_start(month.end, zone)
    for each in as_happened(facts, FactKind.CONTRACT):
        told = each.fact.detail
        if each.fact.occurred_at >= before or not isinstance(told, ContractStep):
            break
        if told.event is ContractEvent.RENEWED and told.until is not None:
            last = max(last, date.fromisoformat(told.until))
        elif told.event is ContractEvent.TERMINATED and ended is None:
            day = local_day(each.fact.occurred_at, zone)
            ended = date.fromisoformat(told.until) if told.until else day
    return last if ended is None else min(last, ended)
