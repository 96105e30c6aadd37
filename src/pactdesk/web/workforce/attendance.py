"""What the parties of a contract see of its attendance: seats and hours by day, no other's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.parties.queries import people_visible_to
from pactdesk.apps.walls.scope import Scope
from pactdesk.apps.workforce.clocked_facts import clocks_since
from pactdesk.apps.workforce.kinds import ShiftState, StintState
from pactdesk.apps.workforce.models import Shift, Stint
from pactdesk.apps.workforce.queries import (
    agents_of,
    corrections_in,
    rules_in_force,
    shifts_in,
    stints_in,
)
from pactdesk.apps.workforce.values import LONGEST_MS, agent_code, is_forgotten
from pactdesk.calendars.china import load_china
from pactdesk.core.measure.intervals import Interval, Intervals, intersection, total
from pactdesk.core.measure.roster import open_times, seats_asked
from pactdesk.core.measure.seat_time import Clocked
from pactdesk.core.terms.contract import Contract as Terms
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.exact import exact_value
from pactdesk.core.units.instants import Instant, day_start, local_day, zone_named
from pactdesk.core.units.periods import Period
from pactdesk.web.workforce.team import MOST_CORRECTIONS, Corrected, corrected_words
from pactdesk.web.workforce.words import day_text, hours_text

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One day: people and hours, planned and clocked."""

    day: str
    planned: int
    attended: int
    planned_hours: str
    hours: str
    in_service: str
    is_short: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A document, and how many have signed it."""

    name: str
    number: int
    signed: int
    agents: int


@dataclass(frozen=True, slots=True)
class Attendance:
    """A month, as the facts have it.

    in_service  hours inside service time, which prices by the hour count
    unclear     times whose end nobody knows: they count nothing yet
    """

    days: tuple[Day, ...]
    hours: str
    in_service: str
    planned_hours: str
    seats: int | None
    unclear: int
    corrections: tuple[Corrected, ...]
    rules: tuple[Rule, ...]


def attendance_of(scope: Scope, contract: Contract, month: Period, now: Instant) -> Attendance:
    """What was planned and clocked in the month, up to now."""
    zone = zone_named(contract.zone)
    whole = day_start(month.start, zone), day_start(month.end, zone)
    clocks = clocks_since(contract, Instant(whole[0] - LONGEST_MS))
    shifts = list(shifts_in(scope, contract.pk, *whole).filter(state=ShiftState.AGREED))
    terms = _terms(scope, contract, month)
    opened = open_times(terms, load_china(), month.start, month.last_day) if terms else None
    days = []
    for day in month:
        if day > local_day(now, zone):
            break
        inside = day_start(day, zone), day_start(day + _ONE_DAY, zone)
        found = _day(day, inside, clocks, shifts, opened)
        if found.planned or found.attended:
            days.append(found)
    return Attendance(
        days=tuple(reversed(days)),
        hours=hours_text(_worked(clocks, (whole,))),
        in_service="" if opened is None else hours_text(_worked(clocks, opened)),
        planned_hours=hours_text(_planned(shifts, whole)),
        seats=seats_asked(terms) if terms else None,
        unclear=sum(_is_unclear(each, now) for each in stints_in(scope, contract.pk, *whole)),
        corrections=_corrections(scope, contract),
        rules=_rules(scope, contract),
    )


def _day(
    day: date,
    inside: Interval,
    clocks: Mapping[str, Clocked],
    shifts: Sequence[Shift],
    opened: Intervals | None,
) -> Day:
    there = {agent for agent, each in clocks.items() if each.inside((inside,))}
    due = [each for each in shifts if _planned([each], inside)]
    planned = {agent_code(each.person_id) for each in due}
    served = None if opened is None else intersection(opened, (inside,))
    return Day(
        day=day_text(day),
        planned=len(planned),
        attended=len(there),
        planned_hours=hours_text(_planned(due, inside)),
        hours=hours_text(_worked(clocks, (inside,))),
        in_service="" if served is None else hours_text(_worked(clocks, served)),
        is_short=bool(planned - there),
    )


def _worked(clocks: Mapping[str, Clocked], inside: Intervals) -> Fraction:
    """Milliseconds, by shares."""
    return sum((each.inside(inside) for each in clocks.values()), start=Fraction(0))


def _planned(shifts: Sequence[Shift], inside: Interval) -> Fraction:
    return sum(
        (
            exact_value(each.share)
            * total(
                intersection(((Instant(each.starts_at_ms), Instant(each.ends_at_ms)),), (inside,))
            )
            for each in shifts
        ),
        start=Fraction(0),
    )


def _is_unclear(stint: Stint, now: Instant) -> bool:
    is_open = stint.state == StintState.OPEN
    gone = is_open and is_forgotten(Instant(stint.started_at_ms), now)
    return stint.state == StintState.LOST or gone


def _terms(scope: Scope, contract: Contract, month: Period) -> Terms | None:
    try:
        return terms_of(scope, contract.pk, month.last_day)
    except PactError:
        return None


def _corrections(scope: Scope, contract: Contract) -> tuple[Corrected, ...]:
    """Agents by what the facts call them, so that each can be found in the evidence."""
    found = list(corrections_in(scope, contract.pk)[:MOST_CORRECTIONS])
    names = {one.pk: one.name for one in people_visible_to(scope)}
    names |= {each.person_id: agent_code(each.person_id) for each in found}
    return corrected_words(found, contract, names)


def _rules(scope: Scope, contract: Contract) -> tuple[Rule, ...]:
    agents = agents_of(scope, contract.pk)
    return tuple(
        Rule(
            each.name,
            each.number,
            each.signatures.filter(person_id__in=list(agents)).count(),
            len(agents),
        )
        for each in rules_in_force(scope, contract.pk)
    )
