"""What people can tell about a contract: only what one of its clauses can use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pactdesk.apps.statements.events_figures import Bill, Figures, whose_word
from pactdesk.core.facts.families.life import ContractStep, NoticeGiven
from pactdesk.core.facts.families.money import DepositMoved, ExpenseTold, LossShown
from pactdesk.core.facts.families.works import IncidentHappened, ScoreGiven, WorkTold
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import Exclusion
from pactdesk.core.facts.names import (
    ContractEvent,
    ExpenseEvent,
    FactKind,
    NoticeEvent,
    Party,
    WorkEvent,
)
from pactdesk.core.settle.obligations.assessments import RECTIFICATION
from pactdesk.core.settle.obligations.proposals import STEPS as PROPOSED_STEPS
from pactdesk.core.settle.obligations.proposals import proposed_fact, remedy_of
from pactdesk.core.terms.base import ClauseBase
from pactdesk.core.terms.clauses.assessment import Assessment
from pactdesk.core.terms.clauses.breach_penalty import BreachPenalty
from pactdesk.core.terms.clauses.compensation import Compensation
from pactdesk.core.terms.clauses.deduction import Deduction
from pactdesk.core.terms.clauses.deduction_event import DeductionEvent
from pactdesk.core.terms.clauses.deduction_unserved import DeductionUnserved
from pactdesk.core.terms.clauses.delay_penalty import DelayPenalty
from pactdesk.core.terms.clauses.deposit import Deposit
from pactdesk.core.terms.clauses.effectiveness import Effectiveness
from pactdesk.core.terms.clauses.expenses import Expenses
from pactdesk.core.terms.clauses.fee_lump_sum import LumpSumFee
from pactdesk.core.terms.clauses.fee_milestones import MilestonesFee
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.terms.clauses.score_sheet import GivenItem, ScoreSheet
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.clauses.suspension import Suspension
from pactdesk.core.terms.clauses.termination import Termination
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import add_months

OTHER: dict[Party, Party] = {Party.PROVIDER: Party.CLIENT, Party.CLIENT: Party.PROVIDER}

KINDS = (
    FactKind.INCIDENT,
    FactKind.WORK,
    FactKind.SCORE,
    FactKind.EXPENSE,
    FactKind.LOSS,
    FactKind.EXCLUSION,
    FactKind.DEPOSIT,
    FactKind.INVOICE_RECEIVED,
    FactKind.PAYMENT,
    FactKind.USAGE,
    FactKind.FORECAST,
    FactKind.SALE,
    FactKind.NOTICE,
    FactKind.CONTRACT,
)
"""The kinds of facts that people tell, in the order of the page."""

STEPS: dict[ContractEvent, tuple[Party, ...]] = {
    ContractEvent.SIGNED: tuple(Party),
    ContractEvent.DOCUMENTS_RECEIVED: (Party.CLIENT,),
    ContractEvent.DATA_SUPPLIED: (Party.CLIENT,),
    ContractEvent.SUSPENDED: tuple(Party),
    ContractEvent.RESUMED: tuple(Party),
    ContractEvent.RENEWED: tuple(Party),
    ContractEvent.RENEWAL_REFUSED: tuple(Party),
    ContractEvent.TERMINATED: tuple(Party),
    ContractEvent.HANDED_OVER: (Party.PROVIDER,),
}
"""Who tells each step of the contract; some wait for the other party (`events_rights`)."""

PURPOSES: dict[str, tuple[Party, ...]] = {
    RECTIFICATION: (Party.CLIENT,),
    "payment_demand": (Party.PROVIDER,),
    "termination": tuple(Party),
    "other": tuple(Party),
}
"""What notices are for, and who sends them."""

MARKED: tuple[type[ClauseBase], ...] = (
    ServiceLevel,
    Deduction,
    DeductionEvent,
    DeductionUnserved,
    ScoreSheet,
    DelayPenalty,
    BreachPenalty,
)
"""Kinds whose breach the parties may make good in another way than the clause says."""


@dataclass(frozen=True, slots=True)
class Named:
    """A word of the terms, and the clauses that look for it; `party`: who answers for it."""

    word: str
    clauses: tuple[str, ...]
    party: Party | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What `party` can tell under terms; an empty tuple: nothing of that kind.

    bills  what payments and invoices may be for
    """

    terms: Contract
    party: Party
    bills: tuple[Bill, ...] = ()

    @property
    def kinds(self) -> tuple[FactKind, ...]:
        """The kinds of which it can tell something."""
        able: dict[FactKind, object] = {
            FactKind.INCIDENT: self.incidents,
            FactKind.WORK: self.items,
            FactKind.SCORE: self.marks,
            FactKind.EXPENSE: self.categories,
            FactKind.LOSS: self.losses,
            FactKind.EXCLUSION: self.levels,
            FactKind.DEPOSIT: self.deposits,
            FactKind.INVOICE_RECEIVED: self.figures.to_invoice,
            FactKind.PAYMENT: self.figures.payable,
            FactKind.USAGE: self.figures.measures,
            FactKind.FORECAST: self.figures.expected,
            FactKind.SALE: self.figures.commissions,
            FactKind.NOTICE: self.purposes,
            FactKind.CONTRACT: self.steps,
        }
        return tuple(kind for kind in KINDS if able[kind])

    @property
    def figures(self) -> Figures:
        """What payments, invoices and volumes can be about."""
        return Figures(self.terms, self.bills, tuple(each.word for each in self.items))

    @property
    def incidents(self) -> tuple[Named, ...]:
        """Words of incidents and who answers for them."""
        return incidents_of(self.terms)

    @property
    def items(self) -> tuple[Named, ...]:
        """What `work` facts may be about."""
        return items_of(self.terms)

    @property
    def marks(self) -> tuple[Named, ...]:
        """Items of score sheets for which both give the marks."""
        return _joined(
            (each.item, sheet.id, None)
            for sheet in self.terms.of_kind(ScoreSheet)
            for each in sheet.items
            if isinstance(each, GivenItem)
        )

    @property
    def categories(self) -> tuple[Named, ...]:
        """What the provider may claim."""
        return categories_of(self.terms) if self.party is Party.PROVIDER else ()

    @property
    def losses(self) -> tuple[str, ...]:
        """Clauses under which the party's loss matters."""
        return _losing(self.terms, self.party)

    @property
    def levels(self) -> tuple[str, ...]:
        """What an exclusion can be of."""
        return tuple(each.id for each in self.terms.of_kind(ServiceLevel))

    @property
    def deposits(self) -> tuple[str, ...]:
        """Those that the party holds: it tells what came in and what it gave back."""
        held = self.terms.of_kind(Deposit)
        return tuple(each.id for each in held if each.paid_by != self.party.value)

    @property
    def purposes(self) -> tuple[str, ...]:
        """Notices that it can send."""
        asked = self.terms.optional(Assessment) is not None
        return tuple(
            word
            for word, senders in PURPOSES.items()
            if self.party in senders and (asked or word != RECTIFICATION)
        )

    @property
    def remediable(self) -> tuple[str, ...]:
        """Clauses for which another remedy can be agreed on."""
        return tuple(each.id for each in self.terms.clauses if isinstance(each, MARKED))

    @property
    def steps(self) -> tuple[ContractEvent, ...]:
        """Steps in the life of the contract that are its to tell."""
        return tuple(step for step, tellers in STEPS.items() if self.party in tellers)

    def allows(self, told: Measured) -> bool:
        """Whether the party may tell exactly this, as new."""
        match told:
            case IncidentHappened():
                return (told.what, told.party) in {(n.word, n.party) for n in self.incidents}
            case WorkTold():
                own = (told.event is WorkEvent.DONE) is (self.party is Party.PROVIDER)
                return own and told.item in _words(self.items)
            case ScoreGiven():
                return told.item in _words(self.marks)
            case ExpenseTold():
                claims = told.event is ExpenseEvent.CLAIMED
                return claims and told.category in _words(self.categories)
            case LossShown():
                return told.by is self.party and bool(self.losses)
            case Exclusion():
                return bool(self.levels) and set(told.clauses) <= set(self.levels)
            case DepositMoved():
                return told.deposit in self.deposits
            case NoticeGiven():
                sends = told.event is NoticeEvent.SENT and told.by is self.party
                return sends and (told.purpose in self.purposes or self._proposes(told))
            case ContractStep():
                return told.event in self.steps and told.by is self.party
        return whose_word(told) is self.party and self.figures.knows(told)

    def _proposes(self, told: NoticeGiven) -> bool:
        """Whether it is a whole proposal of something that the terms know."""
        if told.purpose in PROPOSED_STEPS:
            return True
        fact = proposed_fact(told)
        if fact is not None:
            return whose_word(fact) is not self.party and self.figures.knows(fact)
        remedy = remedy_of(told)
        return remedy is not None and remedy.clause in self.remediable


def burdened(terms: Contract, clause: str) -> Party:
    """Who answers for what a clause asks of it: of a penalty whom it names, else the provider."""
    found = terms.clause(clause)
    return Party(found.party) if isinstance(found, BreachPenalty) else Party.PROVIDER


def touched(terms: Contract, told: Measured) -> tuple[str, ...]:
    """The clauses that a fact will be looked up by, in the order of the terms."""
    found = set(_touched(terms, told))
    return tuple(each.id for each in terms.clauses if each.id in found)


def _touched(terms: Contract, told: Measured) -> Iterator[str]:
    match told:
        case IncidentHappened():
            for named in incidents_of(terms):
                if (named.word, named.party) == (told.what, told.party):
                    yield from named.clauses
        case WorkTold():
            yield from _clauses_of(items_of(terms), told.item)
        case ScoreGiven():
            yield from _clauses_of(Offer(terms, Party.PROVIDER).marks, told.item)
        case ExpenseTold():
            yield from _clauses_of(categories_of(terms), told.category)
        case LossShown():
            yield from _losing(terms, told.by)
        case Exclusion():
            levels = [each.id for each in terms.of_kind(ServiceLevel)]
            yield from told.clauses or levels
        case DepositMoved():
            yield told.deposit
        case NoticeGiven() if told.purpose == RECTIFICATION:
            yield from (each.id for each in terms.of_kind(Assessment))
        case NoticeGiven(purpose=purpose) if purpose in PROPOSED_STEPS:
            for kind in _BY_STEP.get(PROPOSED_STEPS[purpose], ()):
                yield from (each.id for each in terms.of_kind(kind))
        case NoticeGiven():
            remedy, fact = remedy_of(told), proposed_fact(told)
            yield from (remedy.clause,) if remedy else ()
            yield from _touched(terms, fact) if fact else ()
        case ContractStep():
            for kind in _BY_STEP.get(told.event, ()):
                yield from (each.id for each in terms.of_kind(kind))
        case _:
            yield from Offer(terms, Party.PROVIDER).figures.touched(told)


_BY_STEP: dict[ContractEvent, tuple[type[ClauseBase], ...]] = {
    ContractEvent.SIGNED: (Effectiveness,),
    ContractEvent.SUSPENDED: (Suspension,),
    ContractEvent.RESUMED: (Suspension,),
    ContractEvent.RENEWED: (TermPeriod,),
    ContractEvent.RENEWAL_REFUSED: (TermPeriod,),
    ContractEvent.TERMINATED: (TermPeriod, Termination),
    ContractEvent.HANDED_OVER: (Termination,),
}


def incidents_of(terms: Contract) -> tuple[Named, ...]:
    """Every word for an incident that a clause prices, with who answers for it."""

    def every() -> Iterator[tuple[str, str, Party | None]]:
        for event in terms.of_kind(DeductionEvent):
            yield event.what, event.id, Party.PROVIDER
        for penalty in terms.of_kind(BreachPenalty):
            yield penalty.what, penalty.id, Party(penalty.party)
        for deposit in terms.of_kind(Deposit):
            for word in deposit.forfeited_for:
                yield word, deposit.id, Party(deposit.paid_by)

    return _joined(every())


def items_of(terms: Contract) -> tuple[Named, ...]:
    """Every piece of work that a clause waits for, as facts call it."""

    def every() -> Iterator[tuple[str, str, Party | None]]:
        for unserved in terms.of_kind(DeductionUnserved):
            yield unserved.item, unserved.id, None
        for late in terms.of_kind(DelayPenalty):
            yield late.item, late.id, None
        for fee in terms.of_kind(MilestonesFee):
            if isinstance(fee.milestones, tuple):
                for each in fee.milestones:
                    yield f"{fee.id}.{each.name}", fee.id, None
        for total in terms.of_kind(LumpSumFee):
            for name in _parts(terms, total):
                yield f"{total.id}.{name}", total.id, None

    return _joined(every())


def _parts(terms: Contract, fee: LumpSumFee) -> Iterator[str]:
    yield from (each.name for each in fee.instalments)
    term = terms.optional(TermPeriod)
    if fee.monthly is not None and term is not None:
        start, end = term.start, term.end
        if isinstance(start, date) and isinstance(end, date):
            index = 1
            while (last := add_months(start, index) - timedelta(days=1)) <= end:
                yield f"{last:%Y-%m}"
                index += 1
    if fee.final is not None:
        yield "final"


def categories_of(terms: Contract) -> tuple[Named, ...]:
    """Categories of expenses that are reimbursed."""
    return _joined(
        (each.category, clause.id, None)
        for clause in terms.of_kind(Expenses)
        if isinstance(clause.reimbursed, tuple)
        for each in clause.reimbursed
    )


def _losing(terms: Contract, party: Party) -> tuple[str, ...]:
    """Compensation of its losses; and penalties owed to it, which a court weighs against them."""
    owed = [each.id for each in terms.of_kind(Compensation) if each.claimant == party.value]
    beside = [e.id for e in terms.of_kind(BreachPenalty) if e.party == OTHER[party].value]
    return (*owed, *beside)


def _joined(every: Iterator[tuple[str, str, Party | None]]) -> tuple[Named, ...]:
    found: dict[tuple[str, Party | None], list[str]] = {}
    for word, clause, party in every:
        clauses = found.setdefault((word, party), [])
        if clause not in clauses:
            clauses.append(clause)
    return tuple(Named(word, tuple(ids), party) for (word, party), ids in found.items())


def _words(named: tuple[Named, ...]) -> set[str]:
    return {each.word for each in named}


def _clauses_of(named: tuple[Named, ...], word: str) -> Iterator[str]:
    for each in named:
        if each.word == word:
            yield from each.clauses
