"""Months and periods, always counted from the anchor.

31 January + 1 month is 28 February, but + 2 months is 31 March: each step is taken from the
anchor, never from the step before, or a contract signed on the 31st drifts to the 28th.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Self

from pactdesk.core.units.errors import PactError


class PeriodEmpty(PactError):
    """A period ends (`end`) on or before the day it starts (`start`)."""


class MonthUnreadable(PactError):
    """`text` is not a month such as 2026-10."""


_MONTH = re.compile(r"([12]\d{3})-(0[1-9]|1[0-2])\Z")


class DayBeyondCalendar(PactError):
    """`length` from `anchor` on ends after the year 9999: a slip of the hand, never a term."""


def add_days(anchor: date, days: int) -> date:
    """`anchor` moved by days; raises DayBeyondCalendar."""
    try:
        return anchor + timedelta(days=days)
    except OverflowError:
        raise DayBeyondCalendar(anchor=anchor.isoformat(), length=days) from None


def add_months(anchor: date, months: int) -> date:
    """`anchor` moved by whole months; a day that the month lacks becomes its last day.

    raises  DayBeyondCalendar

    >>> [add_months(date(2026, 1, 31), n).isoformat() for n in (1, 2)]
    ['2026-02-28', '2026-03-31']
    """
    index = anchor.year * 12 + anchor.month - 1 + months
    year, month = divmod(index, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise DayBeyondCalendar(anchor=anchor.isoformat(), length=months)
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` (included) to `end` (excluded)."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise PeriodEmpty(start=self.start.isoformat(), end=self.end.isoformat())

    @classmethod
    def month(cls, text: str) -> Self:
        """The calendar month written "2026-10"."""
        found = _MONTH.match(text)
        if not found:
            raise MonthUnreadable(text=text)
        first = date(int(found[1]), int(found[2]), 1)
        return cls(first, add_months(first, 1))

    @classmethod
    def counted(cls, anchor: date, index: int, months: int = 1) -> Self:
        """The `index`-th period of `months` months from `anchor`; the first has index 0."""
        return cls(add_months(anchor, index * months), add_months(anchor, (index + 1) * months))

    @property
    def last_day(self) -> date:
        """The last day inside."""
        return self.end - timedelta(days=1)

    def __len__(self) -> int:
        return (self.end - self.start).days

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __iter__(self) -> Iterator[date]:
        """Every day inside, in order."""
        return (self.start + timedelta(days=n) for n in range(len(self)))

    def __str__(self) -> str:
        if self.start.day == 1 and self.end == add_months(self.start, 1):
            return f"{self.start:%Y-%m}"
        return f"{self.start.isoformat()}..{self.last_day.isoformat()}"
