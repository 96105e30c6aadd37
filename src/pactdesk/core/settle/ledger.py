"""What earlier statements ask for and what was paid on them, from facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pactdesk.core.facts.fact import RecordedFact, as_happened
from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.families.works import WorkTold
from pactdesk.core.facts.kinds import (
    FactKind,
    InvoiceReceived,
    Payment,
    StatementConfirmed,
    StatementIssued,
    StatementReceived,
    Verdict,
)
from pactdesk.core.facts.names import ContractEvent, WorkEvent
from pactdesk.core.settle.due import due_on
from pactdesk.core.terms.clauses.payment import Payment as PaymentClause
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.durations import DueEvent
from pactdesk.core.units.instants import day_start, local_day, zone_named
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar

_KINDS = (
    FactKind.STATEMENT_ISSUED,
    FactKind.STATEMENT_RECEIVED,
    FactKind.STATEMENT_CONFIRMED,
    FactKind.INVOICE_RECEIVED,
    FactKind.PAYMENT,
    FactKind.CONTRACT,
    FactKind.WORK,
)
_STEPS = {
    ContractEvent.SIGNED: DueEvent.CONTRACT_SIGNED,
    ContractEvent.DOCUMENTS_RECEIVED: DueEvent.DOCUMENTS_RECEIVED,
}


@dataclass(frozen=True, slots=True)
class EarlierStatement:
    """One issued statement and its fate up to the end of the period that is being settled.

    verdicts   as it was issued
    due_on     None while its clock has not started
    paid       (local day, fen), in order
    corrected  the verdicts that turned since, by what came to light later
    also       other names under which the same month was issued: one debt, this is the first
    """

    statement: str
    period: str
    total_fen: int
    verdicts: dict[str, Verdict]
    due_on: date | None
    paid: tuple[tuple[date, int], ...]
    corrected: Mapping[str, Verdict] = field(default_factory=dict)
    also: tuple[str, ...] = ()

    @property
    def judged(self) -> dict[str, Verdict]:
        """The verdicts that later months look at."""
        return {**self.verdicts, **self.corrected}

    def unpaid_fen(self, day: date, *, counts_payment_day: bool) -> int:
        """Still owed on `day`; a payment of that very day counts or not, as agreed."""
        paid = sum(
            fen for on, fen in self.paid if on < day or (on == day and not counts_payment_day)
        )
        return max(0, self.total_fen - paid)

    def to_plain(self) -> dict[str, Any]:
        """Canonical-JSON-ready."""
        turned = {clause: str(verdict) for clause, verdict in self.corrected.items()}
        return {
            "statement": self.statement,
            "period": self.period,
            "total_fen": self.total_fen,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "paid": [{"on": day.isoformat(), "fen": fen} for day, fen in self.paid],
            **({"corrected": turned} if turned else {}),
            **({"also": list(self.also)} if self.also else {}),
        }


@dataclass(frozen=True, slots=True)
class LateStretch:
    """Days (both included) on which the same amount was overdue."""

    first: date
    last: date
    unpaid_fen: int

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1


@dataclass(slots=True)
class _Draft:
    issued: StatementIssued | None = None
    happened: dict[DueEvent, date] = field(default_factory=dict)
    paid: list[tuple[date, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Told:
    """What the facts before the cut-off say, each the first time that it was told.

    first     every issued statement → the first that was issued for its month
    accepted  work item → local day
    steps     events of the contract itself
    """

    first: dict[str, str] = field(default_factory=dict)
    drafts: dict[str, _Draft] = field(default_factory=dict)
    accepted: dict[str, date] = field(default_factory=dict)
    steps: dict[DueEvent, date] = field(default_factory=dict)

    def draft(self, name: str) -> _Draft:
        """That of the first statement of its month: whatever name a fact gives, the debt is one."""
        return self.drafts.setdefault(self.first.get(name, name), _Draft())

    def others(self, name: str) -> tuple[str, ...]:
        """Other names under which the month of a statement was issued."""
        return tuple(sorted(each for each, first in self.first.items() if first == name != each))

    def of(self, draft: _Draft, item: str) -> dict[DueEvent, date]:
        """Everything that may start the clock of a statement whose work is `item`."""
        accepted = {DueEvent.ACCEPTED: self.accepted[item]} if item in self.accepted else {}
        return self.steps | draft.happened | accepted


def ledger(
    facts: Iterable[RecordedFact], contract: Contract, calendar: WorkCalendar, period: Period
) -> tuple[EarlierStatement, ...]:
    """Statements of months before `period`, oldest first; nothing after the period counts.

    A month that was issued twice, under two names of an imported log, is one debt: the first.
    """
    told = _told(facts, contract, period)
    earlier = []
    for name, draft in told.drafts.items():
        issued = draft.issued
        if issued is None or Period.month(issued.period).start >= period.start:
            continue
        billed = Period.month(issued.period)
        due = None
        # What was billed is due as agreed then, whatever was amended since.
        clause = contract.on(billed.last_day).optional(PaymentClause)
        if clause is not None:
            happened = told.of(draft, f"{clause.id}.{issued.period}")
            due = due_on(clause.due, period=billed, happened=happened, calendar=calendar)
        earlier.append(
            EarlierStatement(
                statement=name,
                period=issued.period,
                total_fen=issued.total_fen,
                verdicts=dict(issued.verdicts),
                due_on=due,
                paid=tuple(draft.paid),
                also=told.others(name),
            )
        )
    return tuple(sorted(earlier, key=lambda each: (each.period, each.statement)))


def late_stretches(
    earlier: EarlierStatement, *, first: date, last: date, counts_payment_day: bool
) -> tuple[LateStretch, ...]:
    """The overdue days of a statement from `first` to `last`, grouped by what was unpaid.

    The day after the due date is the first late day.
    """
    if earlier.due_on is None:
        return ()
    stretches: list[LateStretch] = []
    day = max(first, earlier.due_on + timedelta(days=1))
    while day <= last:
        unpaid = earlier.unpaid_fen(day, counts_payment_day=counts_payment_day)
        if unpaid == 0:
            break
        if stretches and stretches[-1].unpaid_fen == unpaid:
            stretches[-1] = LateStretch(stretches[-1].first, day, unpaid)
        else:
            stretches.append(LateStretch(day, day, unpaid))
        day += timedelta(days=1)
    return tuple(stretches)


def _told(facts: Iterable[RecordedFact], contract: Contract, period: Period) -> _Told:
    zone = zone_named(contract.zone)
    cutoff = day_start(period.end, zone)
    happened = [each for each in as_happened(facts, *_KINDS) if each.fact.occurred_at < cutoff]
    told = _Told(first=_first_of_month(happened))
    for each in happened:
        day = local_day(each.fact.occurred_at, zone)
        match each.fact.detail:
            case StatementIssued() as issued:
                draft = told.draft(issued.statement)
                draft.issued = draft.issued or issued  # an issued statement is never edited
            case InvoiceReceived(statement=name):
                told.draft(name).happened.setdefault(DueEvent.INVOICE_RECEIVED, day)
            case StatementReceived(statement=name):
                told.draft(name).happened.setdefault(DueEvent.STATEMENT_RECEIVED, day)
            case StatementConfirmed(statement=name):
                told.draft(name).happened.setdefault(DueEvent.STATEMENT_CONFIRMED, day)
            case Payment() as payment:
                told.draft(payment.statement).paid.append((day, payment.amount_fen))
            case ContractStep(event=step) if step in _STEPS:
                told.steps.setdefault(_STEPS[step], day)
            case WorkTold(item=item, event=WorkEvent.ACCEPTED):
                told.accepted.setdefault(item, day)
            case _:
                pass
    return told


def _first_of_month(happened: Iterable[RecordedFact]) -> dict[str, str]:
    """Every issued statement → the first that was issued for its month."""
    of_month: dict[str, str] = {}
    first: dict[str, str] = {}
    for each in happened:
        issued = each.fact.detail
        if isinstance(issued, StatementIssued) and issued.statement not in first:
            first[issued.statement] = of_month.setdefault(issued.period, issued.statement)
    return first
