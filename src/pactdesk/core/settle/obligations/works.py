"""Work with a day, and duties that hold all the time (C11, C21, E1–E9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pactdesk.core.facts.families.works import WorkTold
from pactdesk.core.facts.names import WorkEvent
from pactdesk.core.settle.obligations.obligation import Action, Effect, Obligation, State, state_on
from pactdesk.core.settle.obligations.told import Told
from pactdesk.core.terms.clauses.delay_penalty import DelayPenalty
from pactdesk.core.terms.clauses.duty import Duty


def owed(told: Told) -> Iterator[Obligation]:
    """Items with a penalty for delay; then the duties in the paper's order."""
    done: dict[str, date] = {}
    for day, work in told.of(WorkTold):
        if work.event is WorkEvent.DONE:
            done.setdefault(work.item, day)
    for clause in told.contract.of_kind(DelayPenalty):
        if isinstance(clause.due, date):
            yield Obligation(
                party="provider",
                action=Action.DELIVER_WORK,
                clause=clause.id,
                instance=clause.item,
                state=state_on(told.on, clause.due, done.get(clause.item)),
                due=clause.due,
                done_on=done.get(clause.item),
                on_breached=(Effect("delay_penalty", clause.id),),
            )
    for duty in told.contract.of_kind(Duty):
        yield Obligation(
            party=duty.by,
            action=Action.STANDING_DUTY,
            clause=duty.id,
            instance=str(duty.topic),
            state=State.STANDING if told.on <= told.end else State.ENDED,
        )
