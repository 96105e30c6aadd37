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
    """

    statement: str
    period: str
    total_fen: int
    verdicts: dict[str, Verdict]
    due_on: date | None
    paid: tuple[tuple[date, int], ...]
    corrected: Mapping[str, Verdict] = field(default_factory=dict)

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

    accepted  work item → local day
    steps     events of the contract itself
    """

    drafts: dict[str, _Draft] = field(default_factory=dict)
    accepted: dict[str, date] = field(default_factory=dict)
    steps: dict[DueEvent, date] = field(default_factory=dict)

    def of(self, draft: _Draft, item: str) -> dict[DueEvent, date]:
        """Everything that may start the clock of a statement whose work is `item`."""
        accepted = {DueEvent.ACCEPTED: self.accepted[item]} if item in self.accepted else {}
        return self.steps | draft.happened | accepted


def ledger(
    facts: Iterable[RecordedFact], contract: Contract, calendar: WorkCalendar, period: Period
) -> tuple[EarlierStatement, ...]:
    """Statements of months before `period`, oldest first; nothing after the period counts."""
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
    told = _Told()
    drafts = told.drafts
    for each in as_happened(facts, *_KINDS):
        if each.fact.occurred_at >= cutoff:
            break
        day = local_day(each.fact.occurred_at, zone)
        match each.fact.detail:
            case StatementIssued() as issued:
                draft = drafts.setdefault(issued.statement, _Draft())
                draft.issued = draft.issued or issued  # an issued statement is never edited
            case InvoiceReceived(statement=name):
                _happened(drafts, name, DueEvent.INVOICE_RECEIVED, day)
            case StatementReceived(statement=name):
                _happened(drafts, name, DueEvent.STATEMENT_RECEIVED, day)
            case StatementConfirmed(statement=name):
                _happened(drafts, name, DueEvent.STATEMENT_CONFIRMED, day)
            case Payment() as payment:
                draft = drafts.setdefault(payment.statement, _Draft())
                draft.paid.append((day, payment.amount_fen))
            case ContractStep(event=step) if step in _STEPS:
                told.steps.setdefault(_STEPS[step], day)
            case WorkTold(item=item, event=WorkEvent.ACCEPTED):
                told.accepted.setdefault(item, day)
            case _:
                pass
    return told


def _happened(drafts: dict[str, _Draft], name: str, event: DueEvent, day: date) -> None:
    """The first time counts; a second invoice starts no second clock."""
    drafts.setdefault(name, _Draft()).happened.setdefault(event, day)
