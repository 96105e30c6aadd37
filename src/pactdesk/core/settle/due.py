"""When a statement is due.

Source: the payment clause; 民法典 201 (the starting day is not counted; hours of business), 202 (a
month ends on the corresponding day, or its last) and 203 (a last day on a holiday moves to the next
working day).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import count

from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.durations import Due, DueEvent, DueKind
from pactdesk.core.units.periods import Period, add_days, add_months
from pactdesk.core.worktime.calendars import WorkCalendar

_HALF_MONTH_DAYS = 15
_SUNDAY = 7
_EVERY = {
    DueKind.DAY_OF_MONTH: 1,
    DueKind.DAYS_OF_MONTH: 1,
    DueKind.DAY_OF_QUARTER_FIRST_MONTH: 3,
    DueKind.DAY_OF_HALF_YEAR_FIRST_MONTH: 6,
}
"""Kinds that name a day of a month → of every how many months, counted from January."""

CONTRACT_EVENTS = (DueEvent.CONTRACT_SIGNED, DueEvent.DOCUMENTS_RECEIVED)
"""Events that happen once for all statements."""


def due_on(
    due: Due, *, period: Period, happened: Mapping[DueEvent, date], calendar: WorkCalendar
) -> date | None:
    """The last day on which payment is on time; None while something has not happened.

    happened  event → local day; PERIOD_END needs none. What happened before the period's end
              starts no clock before it, where it is an event of the contract itself
    """
    kind = agreed(due.kind, "due.kind")
    needed = [_day(event, period, happened) for event in due.needs or ()]
    known = [day for day in needed if day is not None]
    if len(known) < len(needed):
        return None
    if kind in _EVERY:
        days = _days_of_month(kind, (agreed(due.n, "due.n"), *(due.also or ())), period)
        return calendar.on_or_next_working_day(_first_from(days, known))
    started = _day(agreed(due.event, "due.event"), period, happened)
    if started is None:
        return None
    return _after(kind, agreed(due.n, "due.n"), max([started, *known]), calendar)


def _day(event: DueEvent, period: Period, happened: Mapping[DueEvent, date]) -> date | None:
    """The local day of an event."""
    if event is DueEvent.PERIOD_END:
        return period.last_day
    if event is DueEvent.STATEMENT_AND_INVOICE_RECEIVED:
        parts = (DueEvent.STATEMENT_RECEIVED, DueEvent.INVOICE_RECEIVED)
        days = [happened[each] for each in parts if each in happened]
        return max(days) if len(days) == len(parts) else None
    day = happened.get(event)
    return max(day, period.last_day) if day and event in CONTRACT_EVENTS else day


def _after(kind: DueKind, n: int, started: date, calendar: WorkCalendar) -> date:
    match kind:
        case DueKind.WORKING_DAYS_AFTER:
            return calendar.add_working_days(started, n)
        case DueKind.HALF_MONTHS_AFTER:
            last = add_days(started, _HALF_MONTH_DAYS * n)
        case DueKind.MONTHS_AFTER:
            last = add_months(started, n)
        case DueKind.WEEKDAY_NEXT_WEEK:
            last = started + timedelta(days=_SUNDAY - started.isoweekday() + min(n, _SUNDAY))
        case _:  # calendar days
            last = add_days(started, n)
    return calendar.on_or_next_working_day(last)


def _days_of_month(kind: DueKind, numbers: tuple[int, ...], period: Period) -> Iterator[date]:
    """The named days after the period, in order; one that a month lacks is its last day."""
    every = _EVERY[kind]
    for index in count(1):
        first = add_months(period.last_day.replace(day=1), index)
        if (first.month - 1) % every == 0:
            last = monthrange(first.year, first.month)[1]
            yield from sorted({first.replace(day=min(n, last)) for n in numbers})


def _first_from(days: Iterable[date], known: list[date]) -> date:
    """The first of the days that is not before anything that was needed."""
    return next(day for day in days if all(day >= each for each in known))
