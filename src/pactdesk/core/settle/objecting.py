"""Until when the client may object to a statement: the notices clause (异议期限)."""

from __future__ import annotations

from datetime import date

from pactdesk.core.settle.reckoning import last_day
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.notices import Notices
from pactdesk.core.terms.contract import Contract
from pactdesk.core.worktime.calendars import WorkCalendar


def objections_until(contract: Contract, received_on: date, calendar: WorkCalendar) -> date | None:
    """The last day for objections; None when the contract sets none.

    raises  BlankLeft, CalendarNotPublished
    """
    clause = contract.optional(Notices)
    within = agreed(clause.objection_within, f"{clause.id}.objection_within") if clause else None
    if clause is None or within is None:
        return None
    return last_day(within, received_on, calendar, f"{clause.id}.objection_within")
