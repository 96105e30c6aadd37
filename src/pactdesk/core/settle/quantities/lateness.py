"""逾期: what late fees count beside unpaid amounts (`late_working_days`, `statement_total`)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from pactdesk.core.settle.counting import Counting
from pactdesk.core.worktime.calendars import WorkCalendar


def working_days(counting: Counting, first: str, last: str) -> Fraction:
    """Working days from `first` to `last`, both included."""
    calendar = counting.calendar
    assert calendar is not None  # noqa: S101 - statements are made with one
    return Fraction(_working(calendar, date.fromisoformat(first), date.fromisoformat(last)))


def statement_total(counting: Counting, statement: str) -> Fraction:
    """The total of an earlier statement, in yuan."""
    return next(Fraction(e.total_fen, 100) for e in counting.ledger if e.statement == statement)


def _working(calendar: WorkCalendar, first: date, last: date) -> int:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sum(calendar.is_working_day(day) for day in days)
