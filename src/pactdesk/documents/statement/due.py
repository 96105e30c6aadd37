"""When the amount is due, in words: the agreed rule, and the day where the calendar tells it."""

from __future__ import annotations

from datetime import date

from pactdesk.core.settle.due import due_on
from pactdesk.core.terms.clauses.payment import Payment
from pactdesk.core.terms.durations import Due, DueKind
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import CalendarNotPublished, WorkCalendar
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import Plain
from pactdesk.messages.catalogue import Language, has_text, text


def due_sentence(statement: Plain, names: Names, calendar: WorkCalendar | None) -> str:
    """甲方收到发票后 10 个工作日内付款（第 5.1 条）; empty when no clause says it."""
    clause = names.contract.optional(Payment)
    if clause is None:
        return ""
    rule = _rule(clause.due, names.language)
    place = names.clause_number(clause.id)
    day = _day(clause, statement, calendar)
    if day is None:
        return text("statement", "due.rule", names.language, rule=rule, place=place)
    on = day.isoformat()
    return text("statement", "due.rule_and_day", names.language, rule=rule, place=place, day=on)


def _rule(due: Due, language: Language) -> str:
    """收到发票后 10 个工作日内付款, and what else must have happened."""
    key = str(due.kind)
    if due.kind is not DueKind.DAY_OF_MONTH:
        key = f"{key}.{due.event}"
    if not has_text("statement", f"due.{key}", language):
        key = f"of.{due.kind}"
    one = f"due.{key}.one"
    key = one if due.n == 1 and has_text("statement", one, language) else f"due.{key}"
    event = text("statement", f"due.event.{due.event}", language)
    days = (due.n, *due.also) if due.also else due.n
    rule = text("statement", key, language, n=days, event=event)
    if not due.needs:
        return rule
    needs = [text("statement", f"due.event.{each}", language) for each in due.needs]
    return text("statement", "due.needs", language, rule=rule, needs=needs)


def _day(clause: Payment, statement: Plain, calendar: WorkCalendar | None) -> date | None:
    """None while it depends on what has not happened, or on a calendar that is not published."""
    if calendar is None:
        return None
    period = Period.month(statement["period"])
    try:
        return due_on(clause.due, period=period, happened={}, calendar=calendar)
    except CalendarNotPublished:
        return None
