"""A deposit is lodged when the term begins, and given back after it (押金、履约保证金)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from pactdesk.core.facts.families.money import DepositMoved
from pactdesk.core.facts.names import DepositEvent
from pactdesk.core.settle.obligations.obligation import Action, Effect, Obligation, State, state_on
from pactdesk.core.settle.obligations.told import Told
from pactdesk.core.settle.quantities.deposits import ReturnUnfit, forfeited, returned_on
from pactdesk.core.terms.base import fraction
from pactdesk.core.terms.clauses.deposit import Deposit


def owed(told: Told) -> Iterator[Obligation]:
    """Who lodges it owes it from the first day on; who holds it, its return. Of no draft."""
    if told.signed.blanks() or told.on < told.start:
        return
    for clause in told.contract.of_kind(Deposit):
        whole = fraction(clause.amount, f"{clause.id}.amount")
        yield _lodging(clause, whole, told)
        try:
            yield _return(clause, whole, told)
        except ReturnUnfit:
            continue  # no last day can be counted: its statement says so, the list goes on


def _lodging(clause: Deposit, whole: Fraction, told: Told) -> Obligation:
    paid, done = _moved(clause, whole, told, DepositEvent.PAID)
    return Obligation(
        party=clause.paid_by,
        action=Action.LODGE_DEPOSIT,
        clause=clause.id,
        instance=told.start.isoformat(),
        state=state_on(told.on, None, done),
        done_on=done,
        amount_fen=_fen(whole - paid),
        on_breached=(Effect("breach"),),
    )


def _return(clause: Deposit, whole: Fraction, told: Told) -> Obligation:
    """What is not forfeited; nothing is owed any more where all of it is."""
    due, waits = told.reckoned(lambda: returned_on(told.counting, clause.id))
    rest = whole - forfeited(told.counting, clause.id)
    back, done = _moved(clause, rest, told, DepositEvent.RETURNED)
    state = State.WAIVED if rest <= 0 else state_on(told.on, due, done)
    return Obligation(
        party="provider" if clause.paid_by == "client" else "client",
        action=Action.RETURN_DEPOSIT,
        clause=clause.id,
        instance=told.end.isoformat(),
        state=state,
        due=due,
        done_on=done if rest > 0 else None,
        waits_for=waits,
        amount_fen=_fen(rest - back),
        on_breached=(Effect("breach"),),
    )


def _moved(
    clause: Deposit, whole: Fraction, told: Told, event: DepositEvent
) -> tuple[Fraction, date | None]:
    """(yuan so far, the day on which it came to `whole`)."""
    so_far, done = Fraction(0), None
    for day, moved in told.of(DepositMoved):
        if (moved.deposit, moved.event) == (clause.id, event):
            so_far += Fraction(moved.amount_fen, 100)
            done = done or (day if so_far >= whole else None)
    return so_far, done


def _fen(yuan: Fraction) -> int:
    return max(0, int(yuan * 100))
