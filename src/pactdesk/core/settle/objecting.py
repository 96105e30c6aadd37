"""Until when the client may object to a statement.

Source: the notices clause (异议期限); 民法典 201 (the starting day is not counted) and 203 (a last
day on a holiday moves to the next working day).
"""

from __future__ import annotations

from datetime import date, timedelta

from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.notices import Notices
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.durations import Duration, TimeUnit
from pactdesk.core.units.periods import add_months
from pactdesk.core.worktime.calendars import WorkCalendar


def objections_until(contract: Contract, received_on: date, calendar: WorkCalendar) -> date | None:
    """The last day for objections; None when the contract sets none.

    A time in hours ends with the day on which its last hour falls: days are what notices know.

    raises  BlankLeft, CalendarNotPublished
    """
    clause = contract.optional(Notices)
    within = agreed(clause.objection_within, f"{clause.id}.objection_within") if clause else None
    if clause is None or within is None:
        return None
    return _last_day(within, received_on, calendar, f"{clause.id}.objection_within")


def _last_day(within: Duration, since: date, calendar: WorkCalendar, path: str) -> date:
    n, unit = agreed(within.n, f"{path}.n"), agreed(within.unit, f"{path}.unit")
    match unit:
        case TimeUnit.WORKING_DAY:
            return calendar.add_working_days(since, n)
        case TimeUnit.DAY:
            last = since + timedelta(days=n)
        case TimeUnit.MONTH:
            last = add_months(since, n)
        case TimeUnit.YEAR:
            last = add_months(since, 12 * n)
        case _:
            per_day = {TimeUnit.HOUR: 24, TimeUnit.MINUTE: 24 * 60, TimeUnit.SECOND: 24 * 3600}
            last = since + timedelta(days=-(-n // per_day[unit]))
    return calendar.on_or_next_working_day(last)
