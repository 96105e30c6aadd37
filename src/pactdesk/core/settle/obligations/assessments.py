"""Reports after each period, remediation that was demanded, and the right to end it (E20–E22)."""

from __future__ import annotations

from collections.abc import Iterator

from pactdesk.core.facts.families.life import NoticeGiven
from pactdesk.core.facts.names import DutyEvent, NoticeEvent
from pactdesk.core.settle.assessment import missed_in_a_row, missed_of
from pactdesk.core.settle.due import due_on
from pactdesk.core.settle.obligations.obligation import Action, Effect, Obligation, State, state_on
from pactdesk.core.settle.obligations.told import Told, months_until
from pactdesk.core.settle.reckoning import last_day
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.assessment import Assessment
from pactdesk.core.terms.durations import Due
from pactdesk.core.units.periods import Period, add_months

RECTIFICATION = "rectification"
"""The purpose of a notice that demands remediation (整改通知)."""


def owed(told: Told) -> Iterator[Obligation]:
    """What the assessment clause asks for, month by month."""
    clause = told.contract.optional(Assessment)
    if clause is None:
        return
    if isinstance(clause.report_due, Due):
        for month in months_until(told, told.on):
            yield _report(clause, clause.report_due, month, told)
    yield from _remediation(clause, told)
    yield from _termination(clause, told)


def _report(clause: Assessment, due: Due, month: Period, told: Told) -> Obligation:
    last, waits = told.reckoned(
        lambda: due_on(due, period=month, happened={}, calendar=told.calendar)
    )
    instance = f"{month.start:%Y-%m}"
    done = told.done(clause.id, instance)
    day = done[0] if done else None
    waived = done is not None and done[1] is DutyEvent.WAIVED
    return Obligation(
        party="provider",
        action=Action.DELIVER_REPORT,
        clause=clause.id,
        instance=instance,
        state=State.WAIVED if waived else state_on(told.on, last, day),
        due=last,
        done_on=day,
        waits_for=waits,
        on_breached=(Effect("breach"),),
    )


def _remediation(clause: Assessment, told: Told) -> Iterator[Obligation]:
    """From the arrival of the notice that demands it."""
    within = clause.remediation
    for arrived, notice in told.of(NoticeGiven):
        if notice.purpose != RECTIFICATION or notice.event is not NoticeEvent.ARRIVED:
            continue
        length = agreed(within, f"{clause.id}.remediation") if within is not None else None
        due, waits = (
            told.reckoned(
                lambda length=length, arrived=arrived: last_day(  # type: ignore[misc]  # the loop's
                    length, arrived, told.calendar, f"{clause.id}.remediation"
                )
            )
            if length is not None
            else (None, None)
        )
        done = told.done(clause.id, notice.notice)
        day = done[0] if done else None
        yield Obligation(
            party="provider",
            action=Action.REMEDY,
            clause=clause.id,
            instance=notice.notice,
            state=state_on(told.on, due, day),
            due=due,
            done_on=day,
            waits_for=waits,
            on_breached=(Effect("termination", clause.id),),
        )


def _missed_months(told: Told) -> Iterator[tuple[str, int, int]]:
    """(level, how many in a row up to the last statement, how many in its twelve months)."""
    history = {each.period: each.judged for each in told.judged}
    if not history:
        return
    last = Period.month(max(history)).start
    year = [add_months(last, -n) for n in range(12)]
    for level in dict.fromkeys(level for verdicts in history.values() for level in verdicts):
        run = missed_in_a_row(told.contract, level, history, last)
        yield level, run, missed_of(told.contract, level, history, year)


def _termination(clause: Assessment, told: Told) -> Iterator[Obligation]:
    """After so many missed months in a row, or within a year, by the statements issued."""
    in_a_row = agreed(clause.consecutive_misses, f"{clause.id}.consecutive_misses")
    in_year = agreed(clause.misses_in_year, f"{clause.id}.misses_in_year")
    for level, run, number in _missed_months(told):
        if (in_a_row and run >= in_a_row) or (run and in_year and number >= in_year):
            yield Obligation(
                party="client",
                action=Action.TERMINATE,
                clause=clause.id,
                instance=level,
                state=State.OPEN,
                is_right=True,
                on_fulfilled=(Effect("contract_ends", clause.id),),
            )
