"""The provider hands in each month's statement; penalties are paid in their own time (A48, A68)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pactdesk.core.facts.families.works import IncidentHappened
from pactdesk.core.facts.kinds import StatementIssued
from pactdesk.core.settle.due import due_on
from pactdesk.core.settle.obligations.obligation import Action, Effect, Obligation, state_on
from pactdesk.core.settle.obligations.told import Told, months_until
from pactdesk.core.settle.reckoning import last_day
from pactdesk.core.terms.clauses.breach_penalty import BreachPenalty
from pactdesk.core.terms.clauses.payment import Payment
from pactdesk.core.terms.durations import Due, Duration
from pactdesk.core.units.periods import Period


def owed(told: Told) -> Iterator[Obligation]:
    """One for each month of the term, then one for each agreed breach."""
    payment = told.contract.optional(Payment)
    if payment is not None and isinstance(payment.statement_due, Due):
        issued = {s.period: day for day, s in reversed(told.of(StatementIssued))}
        for month in months_until(told, told.on):
            yield _statement(payment.id, payment.statement_due, month, issued, told)
    for clause in told.contract.of_kind(BreachPenalty):
        if isinstance(clause.pay_within, Duration):
            yield from _penalties(clause, clause.pay_within, told)


def _statement(
    clause: str, due: Due, month: Period, issued: dict[str, date], told: Told
) -> Obligation:
    last, waits = told.reckoned(
        lambda: due_on(due, period=month, happened={}, calendar=told.calendar)
    )
    instance = f"{month.start:%Y-%m}"
    return Obligation(
        party="provider",
        action=Action.ISSUE_STATEMENT,
        clause=clause,
        instance=instance,
        state=state_on(told.on, last, issued.get(instance)),
        due=last,
        done_on=issued.get(instance),
        waits_for=waits,
        on_breached=(Effect("payment_later", clause),),
    )


def _penalties(clause: BreachPenalty, within: Duration, told: Told) -> Iterator[Obligation]:
    """From the day of the breach that both parties agreed to; a duty fact says that it was paid."""
    seen: set[str] = set()
    for day, incident in told.of(IncidentHappened):
        if not incident.is_approved or incident.incident in seen:
            continue
        seen.add(incident.incident)
        if (incident.what, str(incident.party)) == (clause.what, clause.party):
            yield _penalty(clause, within, day, incident.incident, told)


def _penalty(
    clause: BreachPenalty, within: Duration, day: date, incident: str, told: Told
) -> Obligation:
    path = f"{clause.id}.pay_within"
    due, waits = told.reckoned(lambda: last_day(within, day, told.calendar, path))
    done = told.done(clause.id, incident)
    return Obligation(
        party=clause.party,
        action=Action.PAY_PENALTY,
        clause=clause.id,
        instance=incident,
        state=state_on(told.on, due, done[0] if done else None),
        due=due,
        done_on=done[0] if done else None,
        waits_for=waits,
        on_breached=(Effect("breach"),),
    )
