"""What a total for the whole term asks for beside its statements (A43, A44, A50, A51).

The client pays the advance, and the final part, in the time that each has of its own; the provider
hands in the papers and the work summary that start these clocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from pactdesk.core.facts.kinds import Payment
from pactdesk.core.facts.names import ContractEvent
from pactdesk.core.settle.obligations.obligation import Action, Effect, Obligation, State, state_on
from pactdesk.core.settle.obligations.told import Told
from pactdesk.core.settle.quantities.part_prices import last_price, part_price
from pactdesk.core.settle.quantities.payable import ADVANCE, FINAL, Payable, payables
from pactdesk.core.settle.reckoning import last_day
from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.fee_lump_sum import AdvanceEvent, LumpSumFee
from pactdesk.core.terms.clauses.work_parts import Gate
from pactdesk.core.terms.durations import Duration
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import local_day, zone_named

_WAITS = {
    Gate.DONE: "work_summary",
    Gate.ACCEPTED: "acceptance",
    Gate.INVOICE: "invoice_received",
}


def owed(told: Told) -> Iterator[Obligation]:
    """For each total: papers, advance, summary, final part. Of a draft nobody knows."""
    if told.signed.blanks():
        return
    for clause in told.contract.of_kind(LumpSumFee):
        try:
            yield from tuple(_of(clause, told))
        except PactError:
            # Terms that no statement can be made of: its error says so, the list goes on.
            continue


def _of(clause: LumpSumFee, told: Told) -> Iterator[Obligation]:
    by_name = {each.name: each for each in payables(told.counting, clause.id)}
    if clause.advance is not None:
        yield from _documents(clause, told)
        if isinstance(clause.advance.within, Duration):
            yield _paid_part(clause, clause.advance.within, by_name[ADVANCE], told)
    if clause.final is not None:
        if told.on >= told.end:
            yield _summary(clause, by_name[FINAL], told)
        if isinstance(clause.final.within, Duration):
            yield _paid_part(clause, clause.final.within, by_name[FINAL], told)


def _documents(clause: LumpSumFee, told: Told) -> Iterator[Obligation]:
    """The papers upon which the advance is paid."""
    if clause.advance is None or clause.advance.event is not AdvanceEvent.DOCUMENTS_RECEIVED:
        return
    received = told.step(ContractEvent.DOCUMENTS_RECEIVED)
    done = received[0] if received else None
    yield Obligation(
        party="provider",
        action=Action.HAND_IN_DOCUMENTS,
        clause=clause.id,
        instance=ADVANCE,
        state=state_on(told.on, None, done),
        done_on=done,
        on_breached=(Effect("payment_later", clause.id),),
    )


def _summary(clause: LumpSumFee, part: Payable, told: Told) -> Obligation:
    """Upon the end of the term; the final part waits for it."""
    zone, since = zone_named(told.contract.zone), part.waits[Gate.DONE]
    done = None if since is None else local_day(since, zone)
    return Obligation(
        party="provider",
        action=Action.DELIVER_SUMMARY,
        clause=clause.id,
        instance=FINAL,
        state=state_on(told.on, None, done),
        done_on=done,
        on_breached=(Effect("payment_later", clause.id),),
    )


def _paid_part(clause: LumpSumFee, within: Duration, part: Payable, told: Told) -> Obligation:
    """Counted from the day on which the last of its conditions came true."""
    owed_at = part.owed_at
    head = partial(
        Obligation,
        party="client",
        action=Action.PAY_PART,
        clause=clause.id,
        instance=part.name,
        on_breached=(Effect("breach"),),
    )
    if owed_at is None:
        return head(state=State.WAITING, waits_for=_waiting_for(clause, part))
    owed_on = local_day(owed_at, zone_named(told.contract.zone))
    path = f"{clause.id}.{part.name}.within"
    due, waits = told.reckoned(lambda: last_day(within, owed_on, told.calendar, path))
    fen = _fen(clause, part, told)
    done = _paid_on(clause, part, owed_on, fen, told)
    return head(
        state=state_on(told.on, due, done),
        due=due,
        done_on=done,
        waits_for=waits,
        amount_fen=0 if done else fen,
    )


def _waiting_for(clause: LumpSumFee, part: Payable) -> str:
    if part.name == ADVANCE:
        assert clause.advance is not None  # noqa: S101 - it has this part
        event = clause.advance.event
        return "—" if isinstance(event, Blank) else event.value
    return next((_WAITS[gate] for gate, since in part.waits.items() if since is None), "term_end")


def _fen(clause: LumpSumFee, part: Payable, told: Told) -> int:
    if part.name == FINAL:
        return int(last_price(told.counting, clause.id) * 100)
    return int(part_price(told.contract, part.path) * 100)


def _paid_on(clause: LumpSumFee, part: Payable, owed_on: date, fen: int, told: Told) -> date | None:
    """The day on which the payments on the month's statement came to as much; or as was said."""
    said = told.done(clause.id, part.name)
    if said is not None:
        return said[0]
    month = f"{owed_on:%Y-%m}"
    names = {each.statement for each in told.statements if each.period == month}
    names.add(f"{told.contract.contract_id}-{month}")
    paid = 0
    for day, payment in told.of(Payment):
        paid += payment.amount_fen if payment.statement in names else 0
        if paid >= fen:
            return day
    return None
