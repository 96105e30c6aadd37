"""The client may object to a statement in time; the provider answers (异议, B25, E20)."""

from __future__ import annotations

from collections.abc import Iterator

from pactdesk.core.facts.kinds import (
    Party,
    StatementAccepted,
    StatementAnswered,
    StatementConfirmed,
    StatementIssued,
    StatementObjected,
    StatementReceived,
)
from pactdesk.core.settle.objecting import objections_until
from pactdesk.core.settle.obligations.obligation import Action, Effect, Obligation, State, state_on
from pactdesk.core.settle.obligations.told import Told
from pactdesk.core.terms.clauses.notices import Notices


def owed(told: Told) -> Iterator[Obligation]:
    """For each issued statement the right to object, and each open objection its answer."""
    clause = told.contract.optional(Notices)
    if clause is None:
        return
    received = {s.statement: day for day, s in reversed(told.of(StatementReceived))}
    said = {s.statement: day for day, s in reversed(told.of(StatementObjected))}
    agreed_to = {s.statement: day for day, s in told.of(StatementConfirmed)}
    agreed_to |= {
        s.statement: day for day, s in told.of(StatementAccepted) if s.party is Party.CLIENT
    }
    if clause.objection_within is not None:
        for issued_on, issued in told.of(StatementIssued):
            since = received.get(issued.statement, issued_on)
            due, waits = told.reckoned(
                lambda since=since: objections_until(told.contract, since, told.calendar)  # type: ignore[misc]  # the loop's own day
            )
            done = said.get(issued.statement) or agreed_to.get(issued.statement)
            yield Obligation(
                party="client",
                action=Action.OBJECT_TO_STATEMENT,
                clause=clause.id,
                instance=issued.statement,
                state=state_on(told.on, due, done, is_right=True),
                due=due,
                done_on=done,
                waits_for=waits,
                is_right=True,
            )
    yield from _answers(clause, told)


def _answers(clause: Notices, told: Told) -> Iterator[Obligation]:
    answered = {s.objection: day for day, s in told.of(StatementAnswered)}
    for _, objected in told.of(StatementObjected):
        done = answered.get(objected.objection)
        yield Obligation(
            party="provider",
            action=Action.ANSWER_OBJECTION,
            clause=clause.id,
            instance=f"{objected.statement} #{objected.line}",
            state=State.OPEN if done is None else State.DONE,
            done_on=done,
            on_breached=(Effect("not_agreed"),),
        )
