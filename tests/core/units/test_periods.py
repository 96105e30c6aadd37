"""Months are counted from the anchor and never drift."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.units.periods import MonthUnreadable, Period, PeriodEmpty, add_months

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
MONTHS = st.integers(-600, 600)


def stepped(anchor: date, months: int) -> date:
    """Month by month over the first days, then the anchor's day or the last one there is."""
    first = anchor.replace(day=1)
    for _ in range(abs(months)):
        first = (first + timedelta(days=31 if months > 0 else -1)).replace(day=1)
    days = [first + timedelta(days=n) for n in range(31)]
    inside = [day for day in days if day.month == first.month and day.day <= anchor.day]
    return max(inside)


@given(DAYS, MONTHS)
def test_a_month_later_is_the_same_day_or_the_last_one_there_is(anchor: date, n: int) -> None:
    assert add_months(anchor, n) == stepped(anchor, n)


@given(DAYS, MONTHS, MONTHS)
def test_the_day_of_signing_never_drifts(anchor: date, n: int, m: int) -> None:
    moved = add_months(anchor, n)
    assert moved.day == min(anchor.day, monthrange(moved.year, moved.month)[1])
    if anchor.day <= 28:
        assert add_months(add_months(anchor, n), m) == add_months(anchor, n + m)


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (1, "2026-02-28"),
        (2, "2026-03-31"),
        (3, "2026-04-30"),
        (25, "2028-02-29"),
        (-2, "2025-11-30"),
    ],
)
def test_a_contract_signed_on_the_31st_stays_at_the_end_of_the_month(
    months: int, expected: str
) -> None:
    assert add_months(date(2026, 1, 31), months) == date.fromisoformat(expected)


@given(DAYS, st.integers(0, 40), st.integers(1, 12))
def test_the_periods_of_a_contract_follow_each_other_without_gap_or_overlap(
    anchor: date, index: int, months: int
) -> None:
    one = Period.counted(anchor, index, months)
    assert one.end == Period.counted(anchor, index + 1, months).start
    assert one.last_day in one
    assert one.end not in one


@given(st.integers(1990, 2100), st.integers(1, 12))
def test_a_calendar_month_has_each_of_its_days_once(year: int, month: int) -> None:
    text = f"{year}-{month:02d}"
    period = Period.month(text)
    assert len(period) == monthrange(year, month)[1]
    assert [day.day for day in period] == list(range(1, len(period) + 1))
    assert all(day in period for day in period)
    assert str(period) == text


def test_a_period_that_is_no_calendar_month_is_told_by_its_days() -> None:
    assert str(Period(date(2026, 10, 1), date(2026, 10, 31))) == "2026-10-01..2026-10-30"
    assert str(Period(date(2026, 10, 2), date(2026, 11, 2))) == "2026-10-02..2026-11-01"


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-13", "2026-00", "2026-1", "26-10", "2026-10-01", "2026/10", "0000-01"],
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(MonthUnreadable):
        Period.month(text)


@given(DAYS, st.integers(-400, 0))
def test_a_period_has_at_least_one_day(start: date, days: int) -> None:
    with pytest.raises(PeriodEmpty):
        Period(start, start + timedelta(days=days))
