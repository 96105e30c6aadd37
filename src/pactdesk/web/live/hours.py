"""When a shop's service is open, as its chat window says it."""

from __future__ import annotations

from datetime import timedelta

from pactdesk.calendars.china import load_china
from pactdesk.core.measure.opening import opening_hours
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant, local_day
from pactdesk.core.worktime.grid import DayGrid
from pactdesk.messages.catalogue import Language, text


def opening(clause: ServiceHours, zone: str, now: Instant) -> tuple[bool, int | None]:
    """Whether the service is open, and when it opens next if it is not and that is known."""
    try:
        hours = opening_hours(clause, zone)
        today = local_day(now, hours.zone)
        grid = DayGrid.build(hours, load_china(), today, today + timedelta(days=14))
        return (True, None) if grid.is_open(now) else (False, grid.next_open(now))
    except PactError:  # a blank, or a year that is not published: no promise is made
        return False, None


def hours_text(clause: ServiceHours | None, language: Language) -> str:
    """The week in one line, as the contract has it."""
    if clause is None or not isinstance(clause.week, tuple):
        return text("live", "hours_open", language)
    parts = []
    for rule in clause.week:
        if not isinstance(rule.windows, tuple) or not rule.windows:
            continue
        days = _days_text([day.value for day in rule.days], language)
        parts.append(f"{days} {text('live', 'hours_and', language).join(rule.windows)}")
    return text("live", "hours_then", language).join(parts)


_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _days_text(days: list[str], language: Language) -> str:
    names = {day: text("live", f"day.{day}", language) for day in _WEEK}
    places = sorted(_WEEK.index(day) for day in days)
    if places == list(range(7)):
        return text("live", "every_day", language)
    if len(places) > 2 and places == list(range(places[0], places[-1] + 1)):
        first, last = names[_WEEK[places[0]]], names[_WEEK[places[-1]]]
        return text("live", "days_to", language, first=first, last=last)
    return text("live", "hours_and", language).join(names[_WEEK[one]] for one in places)
