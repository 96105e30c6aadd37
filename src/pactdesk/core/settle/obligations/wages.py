"""The client pays part-time agents by their pay runs (D11, D16, D26)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.settle.agent_facts import agents_in
from pactdesk.core.settle.obligations.obligation import Action, Effect, Obligation, State, state_on
from pactdesk.core.settle.obligations.told import Told, months_until
from pactdesk.core.settle.pay_runs import runs_of
from pactdesk.core.settle.payslip import PayOfSeveral, pay_slip
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.pay_runs import PayRuns
from pactdesk.core.units.instants import day_start, zone_named
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import CalendarNotPublished


def owed(told: Told) -> Iterator[Obligation]:
    """One for each agent and run that is over and pays something; of a draft nobody knows."""
    if told.signed.blanks() or told.contract.optional(PayRuns) is None:
        return
    known = _known(told)
    agents = agents_in(known)
    for run, clause in _runs(told) if agents else ():
        for agent in agents:
            found = _pay(told, clause, known, agent, run)
            if found is not None:
                yield found


def _known(told: Told) -> tuple[RecordedFact, ...]:
    end = day_start(told.on + timedelta(days=1), zone_named(told.contract.zone))
    return tuple(each for each in told.facts if each.fact.occurred_at < end)


def _runs(told: Told) -> Iterator[tuple[Period, PayRuns]]:
    """The runs that are over, each with the clause of its month."""
    for month in months_until(told, told.on):
        clause = told.signed.on(month.last_day).optional(PayRuns)
        if clause is None:
            continue
        for run in runs_of(agreed(clause.runs, f"{clause.id}.runs"), month):
            if told.start <= run.last_day <= told.on and run.start <= told.end:
                yield run, clause


def _pay(
    told: Told, clause: PayRuns, known: tuple[RecordedFact, ...], agent: str, run: Period
) -> Obligation | None:
    instance = f"{agent} {run}"
    try:
        slip = pay_slip(told.signed, known, told.calendar, agent, run)
    except PayOfSeveral:
        return None
    except CalendarNotPublished as missing:
        return Obligation(
            party="client",
            action=Action.PAY_AGENT,
            clause=clause.id,
            instance=instance,
            state=State.WAITING,
            waits_for=f"calendar {missing.year}",
        )
    if slip.total.fen <= 0:
        return None
    done = slip.paid_on
    return Obligation(
        party="client",
        action=Action.PAY_AGENT,
        clause=clause.id,
        instance=instance,
        state=state_on(told.on, slip.due, done),
        due=slip.due,
        done_on=done,
        amount_fen=0 if done else slip.total.fen - sum(fen for _, fen in slip.paid),
        on_breached=(Effect("breach"),),
    )
