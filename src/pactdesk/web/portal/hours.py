"""Service hours in words, and what today is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pactdesk.calendars.china import load_china
from pactdesk.core.measure.opening import opening_hours
from pactdesk.core.terms.base import BlankLeft, agreed
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.terms.contract import Contract
from pactdesk.core.worktime.calendars import CalendarNotPublished, DayKind, WorkCalendar
from pactdesk.documents.term_words import TermWords
from pactdesk.web.portal.said import say
from pactdesk.web.ui.words import page_language


@dataclass(frozen=True, slots=True)
class HoursShown:
    """The week as agreed, and today by the calendar."""

    rows: tuple[tuple[str, str], ...]
    today: str
    is_open: bool


def hours_shown(contract: Contract, today: date) -> HoursShown | None:
    """None when the contract has no service hours, or leaves them open."""
    clause = contract.optional(ServiceHours)
    if clause is None:
        return None
    words = TermWords(page_language())
    try:
        week = agreed(clause.week, f"{clause.id}.week")
        told, is_open = _today(clause, contract.zone, today, load_china())
    except BlankLeft:
        return None
    rows = [(words.shown(rule.days), words.shown(rule.windows)) for rule in week]
    rows += [
        (words.field_name("on_holidays"), words.shown(clause.on_holidays)),
        (words.field_name("on_make_up_days"), words.shown(clause.on_make_up_days)),
    ]
    return HoursShown(tuple(rows), told, is_open)


def _today(
    clause: ServiceHours, zone: str, today: date, calendar: WorkCalendar
) -> tuple[str, bool]:
    hours = opening_hours(clause, zone)
    try:
        windows = [str(window) for window in hours.windows_on(today, calendar)]
        kind = _kind_text(today, calendar)
    except CalendarNotPublished:
        return say("contract.today_unknown", year=today.year), False
    said = say("contract.today", day=today.isoformat(), kind=kind)
    key = "contract.today_open" if windows else "contract.today_closed"
    return f"{said} · {say(key, **({'windows': windows} if windows else {}))}", bool(windows)


def _kind_text(day: date, calendar: WorkCalendar) -> str:
    kind = calendar.kind_of(day)
    if kind is DayKind.HOLIDAY:
        name = calendar.holiday_name(day)
        return say("day_kind.named", name=name) if name else say("day_kind.holiday")
    if kind is DayKind.MAKE_UP:
        return say("day_kind.make_up")
    return say("day_kind.working" if day.weekday() < 5 else "day_kind.weekend")
