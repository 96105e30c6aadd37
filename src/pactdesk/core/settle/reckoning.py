"""Counting days as the Civil Code does: forwards from an event, backwards from an end.

Source: 民法典 201 (the starting day is not counted) and 203 (a last day on a holiday moves to the
next working day).
"""

from __future__ import annotations

from datetime import date

from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.durations import Duration, TimeUnit
from pactdesk.core.units.periods import add_days, add_months
from pactdesk.core.worktime.calendars import WorkCalendar

_PER_DAY = {TimeUnit.HOUR: 24, TimeUnit.MINUTE: 24 * 60, TimeUnit.SECOND: 24 * 3600}


def last_day(within: Duration, since: date, calendar: WorkCalendar, path: str) -> date:
    """The last day of a time that begins with an event on `since`.

    A time in hours ends with the day on which its last hour falls: days are what notices know.

    path    of the duration, for the error about a blank
    raises  BlankLeft, CalendarNotPublished
    """
    n, unit = agreed(within.n, f"{path}.n"), agreed(within.unit, f"{path}.unit")
    if unit is TimeUnit.WORKING_DAY:
        return calendar.add_working_days(since, n)
    return calendar.on_or_next_working_day(_shifted(since, n, unit))


def latest_day(before: Duration, end: date, calendar: WorkCalendar, path: str) -> date:
    """The last day on which something is still told `before` the end.

    "30 days before expiry": 30 days lie between that day and `end`, which counts as the last of
    them. A day on a holiday does not move: that would shorten what the other party was promised.
    """
    n, unit = agreed(before.n, f"{path}.n"), agreed(before.unit, f"{path}.unit")
    if unit is TimeUnit.WORKING_DAY:
        return calendar.add_working_days(end, -n)
    return _shifted(end, -n, unit)


def _shifted(day: date, n: int, unit: TimeUnit) -> date:
    match unit:
        case TimeUnit.MONTH:
            return add_months(day, n)
        case TimeUnit.YEAR:
            return add_months(day, 12 * n)
        case TimeUnit.DAY:
            return add_days(day, n)
        case _:
            days = -(-abs(n) // _PER_DAY[unit])
            return add_days(day, days if n > 0 else -days)
