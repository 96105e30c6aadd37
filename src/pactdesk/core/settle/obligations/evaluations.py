"""The client evaluates the service once in each cycle, with reasons (合理评价, C15)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pactdesk.core.facts.names import DutyEvent
from pactdesk.core.settle.due import due_on
from pactdesk.core.settle.obligations.obligation import Action, Effect, Obligation, State, state_on
from pactdesk.core.settle.obligations.told import Told, months_until
from pactdesk.core.terms.clauses.assessment import Assessment
from pactdesk.core.terms.clauses.duty import Duty, Topic
from pactdesk.core.terms.clauses.payment import PaymentCycle
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.durations import Due, DueEvent, DueKind
from pactdesk.core.units.periods import Period, add_months
from pactdesk.core.worktime.calendars import WorkCalendar

DEFAULT_DUE = Due(kind=DueKind.WORKING_DAYS_AFTER, n=5, event=DueEvent.PERIOD_END)
"""Where the contract asks for an evaluation and names no day; whoever shows it says so."""

_MONTHS = {PaymentCycle.MONTHLY: 1, PaymentCycle.QUARTERLY: 3, PaymentCycle.ANNUAL: 12}


def owed(told: Told) -> Iterator[Obligation]:
    """One for each cycle of the term that is over, where the contract asks for it."""
    clause = asking(told.contract)
    if clause is None:
        return
    for month in months_until(told, told.on):
        if month.last_day < told.on and is_last_of_cycle(told.contract, month):
            yield _evaluation(clause, month, told)


def asking(terms: Contract) -> str | None:
    """The id of the clause that asks the client for an evaluation: a duty, or its day."""
    for duty in terms.of_kind(Duty):
        if duty.topic is Topic.EVALUATION and duty.by in ("client", "both"):
            return duty.id
    return terms.one(Assessment).id if is_due_named(terms) else None


def is_last_of_cycle(terms: Contract, month: Period) -> bool:
    """Whether a cycle of the assessment ends with the month: quarters and years of the calendar."""
    assessment = terms.optional(Assessment)
    cycle = PaymentCycle.MONTHLY if assessment is None else assessment.cycle
    length = _MONTHS[cycle] if isinstance(cycle, PaymentCycle) else 1
    return month.start.month % length == 0


def cycle_ending(terms: Contract, month: Period) -> Period:
    """The days that are evaluated: the cycle that ends with `month`."""
    assessment = terms.optional(Assessment)
    cycle = PaymentCycle.MONTHLY if assessment is None else assessment.cycle
    length = _MONTHS[cycle] if isinstance(cycle, PaymentCycle) else 1
    return Period(add_months(month.start, 1 - length), month.end)


def is_due_named(terms: Contract) -> bool:
    """Whether the contract says by when; else it is `DEFAULT_DUE`."""
    assessment = terms.optional(Assessment)
    return assessment is not None and isinstance(assessment.evaluation_due, Due)


def evaluation_due(terms: Contract, month: Period, calendar: WorkCalendar) -> tuple[date, bool]:
    """(the last day, whether the contract names it) for the cycle that ends with `month`.

    raises  CalendarNotPublished, BlankLeft
    """
    assessment = terms.optional(Assessment)
    named = assessment.evaluation_due if assessment is not None else None
    due = named if isinstance(named, Due) else DEFAULT_DUE
    last = due_on(due, period=month, happened={}, calendar=calendar)
    assert last is not None  # noqa: S101 - a period's end always comes
    return last, due is named


def _evaluation(clause: str, month: Period, told: Told) -> Obligation:
    last, waits = told.reckoned(lambda: evaluation_due(told.contract, month, told.calendar)[0])
    instance = f"{month.start:%Y-%m}"
    done = told.done(clause, instance)
    day = done[0] if done else None
    waived = done is not None and done[1] is DutyEvent.WAIVED
    return Obligation(
        party="client",
        action=Action.EVALUATE,
        clause=clause,
        instance=instance,
        state=State.WAIVED if waived else state_on(told.on, last, day),
        due=last,
        done_on=day,
        waits_for=waits,
        on_breached=(Effect("breach"),),
    )
