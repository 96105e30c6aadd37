"""When a statement is due.

Source: the payment clause; 民法典 201 (the starting day is not counted) and 203 (a last day on a
holiday moves to the next working day).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.durations import Due, DueEvent, DueKind
from pactdesk.core.units.periods import Period, add_months
from pactdesk.core.worktime.calendars import WorkCalendar


def due_on(
    due: Due, *, period: Period, happened: Mapping[DueEvent, date], calendar: WorkCalendar
) -> date | None:
    """The last day on which payment is on time; None while the event has not happened.

    happened  event → local day; PERIOD_END needs none
    """
    n, kind = agreed(due.n, "due.n"), agreed(due.kind, "due.kind")
    if kind is DueKind.DAY_OF_MONTH:
        following = add_months(period.last_day.replace(day=1), 1)
        last = monthrange(following.year, following.month)[1]
        return calendar.on_or_next_working_day(following.replace(day=min(n, last)))
    event = agreed(due.event, "due.event")
    started = period.last_day if event is DueEvent.PERIOD_END else happened.get(event)
    if started is None:
        return None
    if kind is DueKind.WORKING_DAYS_AFTER:
        return calendar.add_working_days(started, n)
    return calendar.on_or_next_working_day(started + timedelta(days=n))
