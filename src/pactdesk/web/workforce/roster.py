"""The week's roster of one contract, as its lead sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.walls.scope import Scope
from pactdesk.apps.workforce.kinds import ShiftState
from pactdesk.apps.workforce.queries import (
    agents_of,
    availability_of,
    shifts_in,
    stints_in,
    week_of,
)
from pactdesk.calendars.china import load_china
from pactdesk.core.measure.intervals import Intervals
from pactdesk.core.measure.roster import (
    Hour,
    LegalWeek,
    is_part_time,
    legal_week,
    open_times,
    seats_asked,
    week_grid,
)
from pactdesk.core.terms.contract import Contract as Terms
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant, day_start, zone_named
from pactdesk.web.workforce.shifts import ShownShift, planned, shown_shift
from pactdesk.web.workforce.words import day_text, hours_text, say

WEEK = timedelta(days=7)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cell:
    """Seats agreed of those asked for, in one hour; `waiting` are not agreed yet."""

    words: str
    waiting: str
    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One hour of the week."""

    hour: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One agent's week: hours planned, when they can work, and a warning."""

    person: str
    name: str
    hours: str
    times: tuple[str, ...]
    warning: str


@dataclass(frozen=True, slots=True)
class Roster:
    """One contract's week."""

    days: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str
    short_hours: int
    shifts: tuple[ShownShift, ...]
    people: tuple[Person, ...]


def roster_of(scope: Scope, contract: Contract, monday: date, now: Instant) -> Roster:
    """The week that begins with `monday`."""
    zone = zone_named(contract.zone)
    since, until = day_start(monday, zone), day_start(monday + WEEK, zone)
    shifts = list(shifts_in(scope, contract.pk, since, until))
    stints = list(stints_in(scope, contract.pk, since, until))
    terms = _terms(scope, contract, monday)
    seats = seats_asked(terms) if terms else None
    opened = open_times(terms, load_china(), monday, monday + WEEK - _ONE_DAY) if terms else None
    agreed_ones = [planned(each) for each in shifts if each.state == ShiftState.AGREED]
    grid = week_grid(monday, zone, opened, seats, [planned(each) for each in shifts])
    agreed = {
        (each.day, each.hour): each
        for row in week_grid(monday, zone, opened, seats, agreed_ones)
        for each in row
    }
    agents = {one: each.name for one, each in agents_of(scope, contract.pk).items()}
    days = tuple(day_text(monday + timedelta(days=n)) for n in range(7))
    return Roster(
        days=days,
        rows=tuple(
            Row(f"{row[0].hour}:00", tuple(_cell(each, agreed) for each in row)) for row in grid
        ),
        note=_note(terms, seats, opened),
        short_hours=sum(each.is_short for each in agreed.values()),
        shifts=tuple(shown_shift(each, zone, agents, stints, now, leads=True) for each in shifts),
        people=tuple(_person(one, name, monday, zone, terms) for one, name in agents.items()),
    )


def _terms(scope: Scope, contract: Contract, monday: date) -> Terms | None:
    try:
        return terms_of(scope, contract.pk, monday + WEEK - _ONE_DAY)
    except PactError:
        return None


def _note(terms: Terms | None, seats: int | None, opened: Intervals | None) -> str:
    if terms is None or seats is None:
        return say("roster.no_seats")
    if opened is None:
        return say("roster.no_calendar")
    return say("roster.seats", count=seats)


def _cell(every: Hour, agreed: Mapping[tuple[date, int], Hour]) -> Cell:
    found = agreed.get((every.day, every.hour))
    sure = found.planned if found else Fraction(0)
    waiting = f"+{_number(every.planned - sure)}" if every.planned > sure else ""
    shown = _number(sure)
    if not every.needed:
        tone = "" if every.needed is None else "off"
        return Cell(shown if sure else "", waiting, tone, shown)
    needed = _number(every.needed)
    tone = "good" if sure >= every.needed else "warn" if every.planned else "bad"
    words = say("roster.cell", planned=shown, needed=needed)
    if waiting:
        words += say("roster.cell_waiting", waiting=waiting[1:])
    return Cell(f"{shown}/{needed}", waiting, tone, words)


def _number(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"{float(value):.1f}"


def _person(person: UUID, name: str, monday: date, zone: ZoneInfo, terms: Terms | None) -> Person:
    week = week_of(person, day_start(monday, zone), day_start(monday + WEEK, zone))
    legal = legal_week(monday, zone, [planned(each) for each in week])
    return Person(
        person=str(person),
        name=name,
        hours=hours_text(legal.hours * 3_600_000),
        times=_times(person, monday),
        warning=_warning(legal) if terms is not None and is_part_time(terms) else "",
    )


def _warning(legal: LegalWeek) -> str:
    if legal.hours > legal.week_limit:
        return say("roster.week_too_long", limit=legal.week_limit)
    if legal.is_too_long:
        return say("roster.day_too_long", limit=legal.day_limit)
    return ""


def _times(person: UUID, monday: date) -> tuple[str, ...]:
    """When they say they can work, day by day."""
    known = availability_of(person)
    if not known:
        return ()
    shown = []
    for n in range(7):
        day = monday + timedelta(days=n)
        rows = [one for one in known if one.day == day] or [
            one for one in known if one.weekday == day.weekday()
        ]
        spans = [minutes_text(one.start_minute, one.end_minute) for one in rows if one.can_work]
        shown.append(say("roster.spans", spans=spans) if spans else say("roster.cannot"))
    return tuple(shown)


def minutes_text(start: int, end: int) -> str:
    """09:00–12:00."""
    return f"{start // 60:02d}:{start % 60:02d}–{end // 60:02d}:{end % 60:02d}"
