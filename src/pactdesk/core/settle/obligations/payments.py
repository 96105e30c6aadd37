"""The client pays each statement; long unpaid, the provider may suspend (A20, B20, B23, E33)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pactdesk.core.facts.names import ContractEvent
from pactdesk.core.settle.ledger import EarlierStatement
from pactdesk.core.settle.obligations.obligation import Action, Effect, Obligation, State, state_on
from pactdesk.core.settle.obligations.told import Told
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.late_fee import LateFee
from pactdesk.core.terms.clauses.payment import Payment
from pactdesk.core.terms.clauses.suspension import Suspension


def owed(told: Told) -> Iterator[Obligation]:
    """One for each statement that asks for money; and what follows from arrears."""
    clause = told.contract.optional(Payment)
    if clause is None:
        return
    for each in told.statements:
        if each.total_fen > 0:
            yield _payment(clause, each, told)
    yield from _suspension(told)


def paid_on(statement: EarlierStatement) -> date | None:
    """The day on which nothing was left to pay."""
    paid = 0
    for day, fen in statement.paid:
        paid += fen
        if paid >= statement.total_fen:
            return day
    return None


def _payment(clause: Payment, statement: EarlierStatement, told: Told) -> Obligation:
    done, due = paid_on(statement), statement.due_on
    event = str(getattr(clause.due, "event", "")) or None
    waiting = due is None and done is None
    return Obligation(
        party="client",
        action=Action.PAY_STATEMENT,
        clause=clause.id,
        instance=statement.statement,
        state=State.WAITING if waiting else state_on(told.on, due, done),
        due=due,
        done_on=done,
        waits_for=event if waiting else None,
        amount_fen=statement.total_fen - sum(fen for _, fen in statement.paid) if not done else 0,
        on_breached=tuple(_after_arrears(told)),
    )


def _after_arrears(told: Told) -> Iterator[Effect]:
    for fee in told.contract.of_kind(LateFee):
        yield Effect("late_fee", fee.id)
    for right in told.contract.of_kind(Suspension):
        yield Effect("suspension", right.id)


def _suspension(told: Told) -> Iterator[Obligation]:
    rule = told.contract.optional(Suspension)
    if rule is None:
        return
    suspended = told.step(ContractEvent.SUSPENDED)
    resumed = told.step(ContractEvent.RESUMED)
    is_suspended = suspended is not None and (resumed is None or resumed[0] < suspended[0])
    allowed = agreed(rule.after_days, f"{rule.id}.after_days")
    arrears = [s for s in told.statements if s.due_on and s.total_fen > 0 and not paid_on(s)]
    late = [s for s in arrears if s.due_on and (told.on - s.due_on).days > allowed]
    for each in late:
        if not is_suspended:
            yield Obligation(
                party="provider",
                action=Action.SUSPEND_SERVICE,
                clause=rule.id,
                instance=each.statement,
                state=State.OPEN,
                is_right=True,
                on_fulfilled=(Effect("service_rests", rule.id),),
            )
    if is_suspended and suspended is not None and not late:
        freed = max((day for s in told.statements if (day := paid_on(s))), default=suspended[0])
        due = freed + timedelta(days=1)
        yield Obligation(
            party="provider",
            action=Action.RESUME_SERVICE,
            clause=rule.id,
            instance=suspended[0].isoformat(),
            state=state_on(told.on, due, None),
            due=due,
            on_breached=(Effect("breach"),),
        )
