"""Periods of samples: months "2026-10" and ISO weeks "2026-W43"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pactdesk.apps.quality.kinds import Cycle
from pactdesk.core.units.periods import MonthUnreadable, Period

_WEEK = re.compile(r"([12]\d{3})-W(0[1-9]|[1-4]\d|5[0-3])\Z")
_DAYS = 7


def span_of(name: str) -> Period:
    """The days of a period.

    raises  MonthUnreadable

    >>> str(span_of("2026-W43"))
    '2026-10-19..2026-10-25'
    """
    found = _WEEK.match(name)
    if not found:
        return Period.month(name)
    try:
        first = date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        raise MonthUnreadable(text=name) from None
    return Period(first, first + timedelta(days=_DAYS))


def name_of(day: date, cycle: Cycle) -> str:
    """The period that a day lies in."""
    if cycle is Cycle.MONTH:
        return f"{day:%Y-%m}"
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def latest_over(today: date, cycle: Cycle, count: int, since: date) -> list[str]:
    """The last `count` periods that ended before `today` and not before `since`; newest first."""
    found: list[str] = []
    last = span_of(name_of(today, cycle)).start - timedelta(days=1)
    while len(found) < count and last >= since:
        found.append(name_of(last, cycle))
        last = span_of(found[-1]).start - timedelta(days=1)
    return found
