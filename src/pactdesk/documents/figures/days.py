"""A level day by day, as the figures draw it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from typing import Any

from pactdesk.core.measure.level import value_of
from pactdesk.core.terms.base import fraction
from pactdesk.core.terms.clauses.service_level import Comparator, Metric, ServiceLevel
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import DayKind, WorkCalendar

_BUSY = 5
"""A day off with at least this part of the busiest day's volume is a day like any other."""


class Openness(StrEnum):
    """What kind of day it was."""

    WORKING = "working"
    MAKE_UP = "make_up"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"


@dataclass(frozen=True, slots=True)
class DayLevel:
    """One day.

    value   in the level's own unit; None when nothing was counted on the day
    volume  the day's denominator
    is_bad  on the wrong side of the target
    is_off  a holiday or weekend on which hardly anyone came: what came in then is counted, but
            two or three cases would bend the whole figure
    """

    day: date
    kind: Openness
    value: Fraction | None
    volume: int
    is_bad: bool
    is_off: bool


def daily_levels(
    level: Mapping[str, Any], clause: ServiceLevel, period: Period, calendar: WorkCalendar | None
) -> tuple[DayLevel, ...]:
    """Every day of the period, also those on which nothing was counted."""
    target = fraction(clause.target, f"{clause.id}.target")
    most = max((whole for _, whole in level["by_day"].values()), default=0)
    found = []
    for day in period:
        numerator, denominator = level["by_day"].get(day.isoformat(), (0, 0))
        value = value_of(Metric(level["metric"]), numerator, denominator)
        is_bad = value is not None and is_missed(value, target, clause)
        kind = _openness(day, calendar)
        is_closed = kind in (Openness.HOLIDAY, Openness.WEEKEND)
        is_off = value is None or (is_closed and denominator * _BUSY < most)
        found.append(DayLevel(day, kind, value, denominator, is_bad, is_off))
    return tuple(found)


def is_missed(value: Fraction, target: Fraction, clause: ServiceLevel) -> bool:
    """Exactly at the target is met."""
    return value < target if clause.comparator is Comparator.AT_LEAST else value > target


def stretches(days: tuple[DayLevel, ...]) -> tuple[tuple[DayLevel, ...], ...]:
    """Runs of working days with a value: days off are gaps, never bridged by a line."""
    runs = groupby(days, key=lambda each: each.is_off)
    return tuple(tuple(run) for is_off, run in runs if not is_off)


def closed_runs(days: tuple[DayLevel, ...]) -> tuple[tuple[int, int], ...]:
    """(first, last) day of the month of each run of days off."""
    runs = groupby(days, key=lambda each: each.is_off)
    closed = [tuple(run) for is_closed, run in runs if is_closed]
    return tuple((run[0].day.day, run[-1].day.day) for run in closed)


def off_volume(days: tuple[DayLevel, ...]) -> int:
    """How many were counted on days off."""
    return sum(each.volume for each in days if each.is_off)


def holiday_names(
    days: tuple[DayLevel, ...], calendar: WorkCalendar | None
) -> tuple[tuple[int, int, str], ...]:
    """(first, last, name) of each run of days off with one holiday's name."""
    if calendar is None:
        return ()
    named = [(each.day.day, calendar.holiday_name(each.day)) for each in days if _off(each)]
    runs = []
    for name, run in groupby(named, key=lambda pair: pair[1]):
        numbers = [number for number, _ in run]
        if name:
            runs.append((numbers[0], numbers[-1], name))
    return tuple(runs)


def _off(each: DayLevel) -> bool:
    return each.kind is Openness.HOLIDAY


def _openness(day: date, calendar: WorkCalendar | None) -> Openness:
    kind = DayKind.ORDINARY
    if calendar is not None and calendar.is_published(day.year):
        kind = calendar.kind_of(day)
    if kind is DayKind.HOLIDAY:
        return Openness.HOLIDAY
    if kind is DayKind.MAKE_UP:
        return Openness.MAKE_UP
    return Openness.WORKING if calendar is None or day.weekday() < 5 else Openness.WEEKEND
