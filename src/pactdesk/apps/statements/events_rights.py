"""Which steps of a contract a party may take by itself: by a right that arose, or by a cause.

A step that changes the contract for both, such as a renewal, waits for the other party's yes. One
that a right allows names the right; any other one says why, and answers for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pactdesk.core.facts.fact import RecordedFact, as_happened
from pactdesk.core.facts.families.life import ContractStep, NoticeGiven
from pactdesk.core.facts.names import ContractEvent, FactKind, NoticeEvent, Party
from pactdesk.core.settle.obligations.catalogue import obligations
from pactdesk.core.settle.obligations.obligation import Action, Obligation, State
from pactdesk.core.settle.reckoning import last_day
from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.period import RenewalKind, TermPeriod
from pactdesk.core.terms.clauses.suspension import Suspension
from pactdesk.core.terms.clauses.termination import Termination
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.durations import Duration
from pactdesk.core.units.instants import local_day, zone_named
from pactdesk.core.worktime.calendars import CalendarNotPublished, WorkCalendar

BREACH, NOTICE, SILENCE = "breach", "notice", "silence"
"""How causes begin: the other party's fault; an agreed notice; nobody objected to going on."""

_NEEDS_CAUSE = frozenset({ContractEvent.TERMINATED, ContractEvent.SUSPENDED})


@dataclass(frozen=True, slots=True)
class Right:
    """`party` may take `step`.

    cause   what the fact says for it: "breach:assessment-1/terminate/level-1"
    of      what the right is about: a level, a statement, a demand; empty for a notice
    since   the first day on which it stands, where one is known
    """

    step: ContractEvent
    cause: str
    clause: str
    of: str = ""
    since: date | None = None


def rights_of(
    terms: Contract,
    facts: Sequence[RecordedFact],
    calendar: WorkCalendar,
    party: Party,
    on: date,
) -> tuple[Right, ...]:
    """The steps that `party` may take by itself on a day, each with what gives it the right."""
    owed = obligations(terms, facts, calendar, on)
    held = terms.on(on)
    found = [*_of_breach(owed, party, on), *_of_notice(held, facts, calendar, party, on)]
    found += _of_silence(held, owed)
    return tuple(
        replace(each, since=each.since or _since(each, owed, held, facts)) for each in found
    )


def _of_breach(owed: Sequence[Obligation], party: Party, on: date) -> Iterator[Right]:
    for each in owed:
        if each.action is Action.TERMINATE and each.party == party and each.state is State.OPEN:
            yield Right(
                ContractEvent.TERMINATED, f"{BREACH}:{each.key}", each.clause, each.instance
            )
        elif each.action is Action.SUSPEND_SERVICE and each.party == party:
            yield Right(ContractEvent.SUSPENDED, f"{BREACH}:{each.key}", each.clause, each.instance)
        elif _is_undone(each, party, on):
            cause = f"{BREACH}:{each.key}"
            yield Right(ContractEvent.TERMINATED, cause, each.clause, "", each.due)


def _since(
    right: Right, owed: Sequence[Obligation], held: Contract, facts: Sequence[RecordedFact]
) -> date | None:
    """Of arrears, the day after the last that the clause bears with; of misses, when the last of
    them was told."""
    if right.step is ContractEvent.SUSPENDED:
        clause = held.optional(Suspension)
        for each in owed:
            if each.action is Action.PAY_STATEMENT and each.instance == right.of and each.due:
                borne = clause.after_days if clause is not None else 0
                return each.due + timedelta(days=(borne if isinstance(borne, int) else 0) + 1)
        return None
    issued = as_happened(facts, FactKind.STATEMENT_ISSUED)
    days = [local_day(each.fact.occurred_at, zone_named(held.zone)) for each in issued]
    return days[-1] if days else None


def _is_undone(each: Obligation, party: Party, on: date) -> bool:
    """What the other party was told to remedy, and did not in time."""
    is_theirs = each.action is Action.REMEDY and each.party != party
    return is_theirs and each.state is State.OVERDUE and each.due is not None and each.due < on


def _of_notice(
    terms: Contract,
    facts: Sequence[RecordedFact],
    calendar: WorkCalendar,
    party: Party,
    on: date,
) -> Iterator[Right]:
    """Leaving without a cause: the notice arrived, and its time is over."""
    clause = terms.optional(Termination)
    if clause is None or not isinstance(clause.notice, Duration):
        return
    zone = zone_named(terms.zone)
    for each in as_happened(facts, FactKind.NOTICE):
        told = each.fact.detail
        if not isinstance(told, NoticeGiven) or told.purpose != "termination":
            continue
        if told.by is not party or told.event is not NoticeEvent.ARRIVED:
            continue
        arrived = local_day(each.fact.occurred_at, zone)
        try:
            until = last_day(clause.notice, arrived, calendar, f"{clause.id}.notice")
        except CalendarNotPublished:
            continue
        if until <= on:
            yield Right(ContractEvent.TERMINATED, NOTICE, clause.id, "", until)


def _of_silence(terms: Contract, owed: Sequence[Obligation]) -> Iterator[Right]:
    """Renewal without a word, where the contract says so and the day to object is over."""
    term = terms.optional(TermPeriod)
    if term is None or term.renewal is None or isinstance(term.renewal.kind, Blank):
        return
    if term.renewal.kind is not RenewalKind.AUTOMATIC:
        return
    for each in owed:
        if each.action is Action.REFUSE_RENEWAL and each.state is State.LAPSED:
            yield Right(ContractEvent.RENEWED, SILENCE, term.id, "", each.due)


def needs_agreement(step: ContractStep, rights: Sequence[Right], party: Party) -> bool:
    """Whether the other party has to say yes before the step counts."""
    if step.event is ContractEvent.RENEWED:
        return all(each.step is not ContractEvent.RENEWED for each in rights)
    if step.event is ContractEvent.RESUMED:
        # Whoever serves may take up again what it laid down; nobody can order the other to.
        return party is not Party.PROVIDER
    return step.event is ContractEvent.TERMINATED and step.cause == "agreement"


def is_groundless(step: ContractStep, rights: Sequence[Right]) -> bool:
    """Whether a step that needs a right or a cause has neither.

    A cause that names a right is none when that right did not arise.
    """
    if step.event not in _NEEDS_CAUSE:
        return False
    if not step.cause:
        return True
    given = {(each.step, each.cause) for each in rights}
    return names_right(step.cause) and (step.event, step.cause) not in given


def names_right(cause: str) -> bool:
    """Whether a cause is a right of the contract, arisen or not, and not somebody's own words."""
    return cause == NOTICE or cause.startswith(f"{BREACH}:")


def at_fault(step: ContractStep, teller: Party, other: Party) -> ContractStep:
    """The step as a fact: an end through a breach is the act of whoever broke the contract.

    Source: `ContractStep.by`: whose act or whose cause it was; refunds and commissions look at it.
    """
    is_breach = (step.cause or "").startswith(BREACH)
    by = other if is_breach and step.event is ContractEvent.TERMINATED else teller
    return ContractStep(step.event, by, step.cause, step.until)


def teller_of_step(step: ContractStep) -> Party | None:
    """Whose word it is: of an end through a breach, the other party's."""
    is_breach = (step.cause or "").startswith(BREACH)
    if step.by is not None and is_breach and step.event is ContractEvent.TERMINATED:
        return Party.CLIENT if step.by is Party.PROVIDER else Party.PROVIDER
    return step.by
