"""Signing, renewal, the end and what outlasts it (A18, A39, B16, B17, E25, E42)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pactdesk.core.facts.names import ContractEvent, Party
from pactdesk.core.settle.obligations.obligation import Action, Effect, Obligation, State, state_on
from pactdesk.core.settle.obligations.told import Told
from pactdesk.core.settle.reckoning import last_day, latest_day
from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.confidentiality import Confidentiality
from pactdesk.core.terms.clauses.effectiveness import Effectiveness
from pactdesk.core.terms.clauses.period import Renewal, RenewalKind, TermPeriod
from pactdesk.core.terms.clauses.termination import Termination
from pactdesk.core.terms.durations import Duration
from pactdesk.core.units.periods import add_months


def owed(told: Told) -> Iterator[Obligation]:
    """In the order of a contract's life."""
    yield from _signing(told)
    yield from _renewal(told)
    yield from _handover(told)
    yield from _secrecy(told)


def _signing(told: Told) -> Iterator[Obligation]:
    clause = told.contract.optional(Effectiveness)
    if clause is None:
        return
    signed = {s.by: day for day, s in told.steps if s.event is ContractEvent.SIGNED and s.by}
    written = clause.signed_on if isinstance(clause.signed_on, date) else None
    for party in Party:
        done = signed.get(party) or (written if written and written <= told.on else None)
        yield Obligation(
            party=party.value,
            action=Action.SIGN,
            clause=clause.id,
            instance=party.value,
            state=State.OPEN if done is None else State.DONE,
            done_on=done,
            on_fulfilled=(Effect("contract_effective", clause.id),),
        )


def _renewal(told: Told) -> Iterator[Obligation]:
    """Silence renews, or nothing does: the last day to say so."""
    term = told.contract.one(TermPeriod)
    renewal, ended = term.renewal, told.step(ContractEvent.TERMINATED)
    if renewal is None or ended is not None or isinstance(renewal.kind, Blank):
        return
    due, waits = _renewal_day(renewal, term, told)
    automatic = renewal.kind is RenewalKind.AUTOMATIC
    done = _said_after(told, automatic)
    effects = (Effect("contract_ends", term.id),), (Effect("contract_renewed", term.id),)
    on_fulfilled, on_breached = effects if automatic else effects[::-1]
    yield Obligation(
        party="both",
        action=Action.REFUSE_RENEWAL if automatic else Action.AGREE_RENEWAL,
        clause=term.id,
        instance=told.end.isoformat(),
        state=state_on(told.on, due, done, is_right=True),
        due=due,
        done_on=done,
        waits_for=waits,
        is_right=True,
        on_fulfilled=on_fulfilled,
        on_breached=on_breached,
    )


def _renewal_day(renewal: Renewal, term: TermPeriod, told: Told) -> tuple[date | None, str | None]:
    if not isinstance(renewal.notice, Duration):
        return told.end, None
    notice = renewal.notice
    path = f"{term.id}.renewal.notice"
    return told.reckoned(lambda: latest_day(notice, told.end, told.calendar, path))


def _said_after(told: Told, automatic: bool) -> date | None:
    """What was said about the term that now runs, not about an earlier one."""
    wanted = ContractEvent.RENEWAL_REFUSED if automatic else ContractEvent.RENEWED
    said = told.step(wanted)
    renewed = told.step(ContractEvent.RENEWED)
    if said is None or not automatic:
        return None
    return None if renewed is not None and renewed[0] >= said[0] else said[0]


def _handover(told: Told) -> Iterator[Obligation]:
    """Once the contract is over."""
    clause = told.contract.optional(Termination)
    if clause is None or not clause.handover or told.on < told.end:
        return
    due: date | None = None
    waits: str | None = None
    within = clause.handover_within
    if isinstance(within, Duration):
        path = f"{clause.id}.handover_within"
        due, waits = told.reckoned(lambda: last_day(within, told.end, told.calendar, path))
    done = told.step(ContractEvent.HANDED_OVER)
    day = done[0] if done else None
    yield Obligation(
        party="provider",
        action=Action.HAND_OVER,
        clause=clause.id,
        instance=told.end.isoformat(),
        state=state_on(told.on, due, day),
        due=due,
        done_on=day,
        waits_for=waits,
        on_breached=(Effect("breach"),),
    )


def _secrecy(told: Told) -> Iterator[Obligation]:
    """From signing on; after the end for the agreed years, or for ever."""
    for clause in told.contract.of_kind(Confidentiality):
        if isinstance(clause.bound, Blank):
            continue
        until = _secret_until(clause, told)
        yield Obligation(
            party=clause.bound,
            action=Action.KEEP_SECRET,
            clause=clause.id,
            instance=until.isoformat() if until else "indefinite",
            state=State.ENDED if until and until < told.on else State.STANDING,
            on_breached=(Effect("compensation"),),
        )


def _secret_until(clause: Confidentiality, told: Told) -> date | None:
    """The last day; None for ever (民法典 501, 558: trade secrets outlast any term)."""
    if clause.indefinite is True:
        return None
    if isinstance(clause.after_years, int):
        return add_months(told.end, 12 * clause.after_years)
    return None if clause.after_years is not None else told.end
