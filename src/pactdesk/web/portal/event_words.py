"""Events in words: what was told, under which clause, how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pactdesk.apps.statements.events import Event, EventState, teller_of
from pactdesk.apps.statements.events_figures import Bill
from pactdesk.apps.statements.events_offered import OTHER, touched
from pactdesk.apps.statements.events_rights import BREACH
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.families.life import ContractStep, NoticeGiven
from pactdesk.core.facts.families.money import DepositMoved, ExpenseTold, LossShown, SaleTold
from pactdesk.core.facts.families.works import (
    ForecastGiven,
    IncidentHappened,
    ScoreGiven,
    UsageCounted,
    WorkTold,
)
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import Exclusion, InvoiceReceived, Payment
from pactdesk.core.facts.names import ExpenseEvent, FactKind, Party
from pactdesk.core.settle.issuing import SOURCE
from pactdesk.core.settle.obligations.proposals import is_proposal, proposed_fact, remedy_of
from pactdesk.core.terms.clauses.deposit import Deposit
from pactdesk.core.terms.clauses.fee_lump_sum import LumpSumFee
from pactdesk.core.terms.clauses.fee_milestones import MilestonesFee
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.contract import Contract, kind_name
from pactdesk.core.units.exact import exact_value
from pactdesk.core.units.money import Money
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import fen_text, month_text, percent_text
from pactdesk.messages.catalogue import has_text, text
from pactdesk.web.portal.event_fields import say
from pactdesk.web.portal.said import moment_text
from pactdesk.web.ui.words import page_language

_AGREED = frozenset({"remedy", "dispute"})
"""Claims that are sums which both agreed on."""

_WITH_WORDS = frozenset({BREACH, "terminate", "remedy", "suspend_service"})

_COME = frozenset({FactKind.PAYMENT, FactKind.INVOICE_RECEIVED})
"""What the answer tells the true day of."""

_TONES = {
    EventState.WAITING: "warn",
    EventState.AGREED: "good",
    EventState.ARRIVED: "good",
    EventState.REFUSED: "bad",
}


@dataclass(frozen=True, slots=True)
class Said:
    """Who said what to it, and when."""

    who: str
    when: str
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """An event as the page shows it."""

    key: str
    kind: str
    what: str
    facts: str
    when: str
    said: tuple[Said, ...]
    clauses: tuple[str, ...]
    state: str
    tone: str
    stands: str
    late: bool
    answerable: bool
    refusable: bool
    arrival: str
    claimed: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class EventWords:
    """The words for one contract's events; `terms` as they are today; `bills`: its statements."""

    terms: Contract
    zone: ZoneInfo
    bills: tuple[Bill, ...] = ()

    def bill(self, item: str) -> str:
        """2026 年 10 月结算单; a part of a fee by its name; what is not known as it was told."""
        months = {each.item: each.period for each in self.bills if each.period}
        if item in months:
            return say("what.bill", month=month_text(months[item], page_language()))
        return self.item(item)

    def word(self, word: str) -> str:
        """A word of the terms, in the page's language where it is a usual one."""
        known = has_text("events", f"word.{word}", page_language())
        return say(f"word.{word}") if known else word

    def party(self, party: Party | None) -> str:
        """服务方, 委托方 or 双方."""
        return say(f"party.{party.value if party else 'both'}")

    def clause(self, clause_id: str) -> str:
        """第 4.1 条; one that is no longer there by its id."""
        if any(each.id == clause_id for each in self.terms.clauses):
            return Names(self.terms, page_language()).clause_number(clause_id)
        return clause_id

    def item(self, item: str) -> str:
        """A piece of work; a part of a fee by its own name and its clause."""
        clause, _, part = item.partition(".")
        fees = (*self.terms.of_kind(MilestonesFee), *self.terms.of_kind(LumpSumFee))
        if part and clause in {each.id for each in fees}:
            return say("part", clause=self.clause(clause), part=self.word(part))
        return self.word(item)

    def levels(self, ids: tuple[str, ...]) -> str:
        """The levels by name."""
        names = Names(self.terms, page_language())
        known = {each.id for each in self.terms.clauses}
        named = [names.level(each) if each in known else each for each in ids]
        return say("joined", what=named) if named else say("all_levels")

    def named(self, clause_id: str) -> str:
        """第 4.1 条 首次响应及时率: a clause by its number and what it is about."""
        names = Names(self.terms, page_language())
        about = getattr(self.terms.clause(clause_id), "level", clause_id)
        return say("named", clause=self.clause(clause_id), what=self._kind(names, clause_id, about))

    def _kind(self, names: Names, clause_id: str, level: str) -> str:
        clause = self.terms.clause(clause_id)
        kind = text("kinds", kind_name(type(clause)), page_language())
        levels = {each.id for each in self.terms.of_kind(ServiceLevel)}
        if level not in levels:
            return kind
        name = names.level(level)
        return name if isinstance(clause, ServiceLevel) else say("of_level", kind=kind, level=name)

    def cause(self, cause: str) -> str:
        """Why a step was taken, in words."""
        head, _, rest = cause.partition(":")
        if head == BREACH and rest.count("/") >= 2:
            clause, action, of = rest.split("/", 2)
            levels = {each.id for each in self.terms.of_kind(ServiceLevel)}
            named = self.levels((of,)) if of in levels else of
            return say(f"cause.{action}", of=named, clause=self.clause(clause))
        if cause.startswith(f"{BREACH} "):
            return say("cause.breach", words=cause.removeprefix(f"{BREACH} "))
        return self._usual(cause)

    def _usual(self, cause: str) -> str:
        known = has_text("events", f"cause.{cause}", page_language()) and cause not in _WITH_WORDS
        return say(f"cause.{cause}") if known else cause

    def row(self, event: Event, answering: Party | None) -> Row:
        """`answering`: the party whose person looks, when they may speak for it."""
        state, kind = event.state, event.kind.value
        shown = kind
        if is_proposal(event.detail):
            kind = "proposal"
            shown = kind if proposed_fact(event.detail) is None else shown
        # What came, came or did not; nobody agrees to it.
        asked = "receipt" if shown in _COME and kind == "proposal" else kind
        waits = event.waits_for
        stands = say(f"state.{state}")
        if waits is not None:
            stands = say(f"waits.{asked}.{waits.value}")
        return Row(
            key=event.key,
            kind=say(f"kind.{shown}"),
            what=self._what(event.detail),
            facts=self._facts(event.detail),
            when=self._when(event),
            said=tuple(self._said(each, event) for each in (event.first, *event.answers)),
            clauses=tuple(self.clause(each) for each in touched(self.terms, event.detail)),
            state=state.value,
            tone=_TONES.get(state, ""),
            stands=stands,
            late=event.late and state is not EventState.REFUSED,
            answerable=waits is not None and waits is answering,
            refusable=kind != "notice",
            arrival=_asks_arrival(kind, shown),
            claimed=_claimed(event.detail),
            yes=say(f"yes.{asked}") if waits else "",
            no=say(f"no.{asked}") if waits and kind != "notice" else "",
        )

    def _when(self, event: Event) -> str:
        """Nothing where the event is about a time that it tells itself."""
        if isinstance(event.detail, Exclusion | ScoreGiven):
            return ""
        return moment_text(event.first.fact.occurred_at, self.zone)

    def _teller(self, told: Measured) -> Party | None:
        """Whose word it is; of a deposit, whoever holds it."""
        if isinstance(told, DepositMoved):
            clauses = {each.id: each for each in self.terms.of_kind(Deposit)}
            clause = clauses.get(told.deposit)
            return OTHER[Party(clause.paid_by)] if clause else None
        return teller_of(told)

    def _said(self, recorded: RecordedFact, event: Event) -> Said:
        detail, first = recorded.fact.detail, recorded is event.first
        source = recorded.fact.source
        teller = self._teller(detail)
        if isinstance(detail, IncidentHappened | ScoreGiven | LossShown | Exclusion) and not first:
            what = say("said.agreed" if detail.is_approved else "said.refused")
            # Whoever answers is the one who did not tell it.
            teller = OTHER[event.teller] if event.teller else None
        else:
            what = say(f"said.{getattr(detail, 'event', 'told')}")
            if is_proposal(detail):
                key = "proposal" if proposed_fact(detail) is None else "figure"
                what = say(f"said.{key}.{getattr(detail, 'event', '')}")
        if isinstance(detail, ExpenseTold) and detail.event is ExpenseEvent.APPROVED:
            what = say("said.approved_part", amount=fen_text(detail.amount_fen))
        if isinstance(detail, Payment | InvoiceReceived | UsageCounted | ForecastGiven):
            # Whose word an imported one is, nobody knows.
            teller, first = (teller if source == SOURCE else None), False
        who = self.party(teller) if teller or first else ""
        if source != SOURCE:
            who = say("imported", who=who, source=source)
        when = moment_text(recorded.recorded_at, self.zone)
        return Said(who, when, what, event.text_of(recorded))

    def _what(self, told: Measured) -> str:
        match told:
            case IncidentHappened(what=what):
                return self.word(what)
            case WorkTold(item=item):
                return self.item(item)
            case ScoreGiven(item=item, period=period):
                return say("what.score", item=self.word(item), period=period)
            case ExpenseTold(category=category):
                return self.word(category)
            case DepositMoved(deposit=deposit, event=event):
                return say(f"what.deposit.{event}", clause=self.clause(deposit))
            case LossShown(by=by, claim=claim):
                kind = claim.partition("/")[0]
                key = f"what.{kind}" if kind in _AGREED else "what.loss"
                return say(key, party=self.party(by))
            case Exclusion(cause=cause):
                return self.word(cause)
            case NoticeGiven() if (fact := proposed_fact(told)) is not None:
                return self._what(fact)
            case NoticeGiven(purpose=purpose):
                return self.word(purpose)
            case Payment(statement=item) | InvoiceReceived(statement=item):
                return self.bill(item)
            case UsageCounted(measure=measure):
                return self.word(measure)
            case SaleTold(order=order, event=event):
                return say("what.order", what=say(f"what.sale.{event}"), order=order)
            case ForecastGiven(measure=measure, period=period):
                month = month_text(period, page_language())
                return say("what.forecast", item=self.word(measure), month=month)
            case ContractStep(event=step):
                return say(f"step.{step}")
        raise AssertionError(told)

    def _facts(self, told: Measured) -> str:
        match told:
            case IncidentHappened(party=party, quantity=quantity):
                return say("facts.incident", party=self.party(party), quantity=quantity)
            case WorkTold(share=share) if share != "1":
                return say("facts.work", share=percent_text(exact_value(share)))
            case ScoreGiven(points=points, of=of):
                return say("facts.score", points=points, of=of)
            case ExpenseTold(amount_fen=fen, receipt=receipt):
                key = "facts.expense" if receipt else "facts.expense_bare"
                return say(key, amount=fen_text(fen), receipt=(receipt or "")[:12])
            case DepositMoved(amount_fen=fen):
                return say("facts.amount", amount=fen_text(fen))
            case LossShown(claim=claim) if claim.partition("/")[0] in _AGREED:
                return say("facts.agreed", amount=fen_text(told.evidenced_fen), why=told.reason)
            case LossShown():
                shares = (told.severity, told.impact, told.fault)
                severity, impact, fault = (percent_text(exact_value(each)) for each in shares)
                amount = fen_text(told.evidenced_fen)
                return say(
                    "facts.loss", amount=amount, severity=severity, impact=impact, fault=fault
                )
            case Exclusion(start=start, end=end, clauses=clauses):
                first, last = moment_text(start, self.zone), moment_text(end, self.zone)
                return say("facts.exclusion", start=first, end=last, levels=self.levels(clauses))
            case NoticeGiven() if (fact := proposed_fact(told)) is not None:
                return self._facts(fact)
            case NoticeGiven() if is_proposal(told):
                return self._proposed(told)
            case Payment(amount_fen=fen) | SaleTold(amount_fen=fen):
                return say("facts.amount", amount=fen_text(fen))
            case UsageCounted(quantity=quantity, proof=proof):
                key = "facts.used_proof" if proof else "facts.used"
                return say(key, quantity=f"{quantity:,}", proof=proof or "")
            case ForecastGiven(quantity=quantity):
                return say("facts.used", quantity=f"{quantity:,}")
            case NoticeGiven(about=str(about)):
                return say("facts.about", about=about)
            case ContractStep(until=until, cause=cause):
                day = say("facts.until", until=until) if until else ""
                why = say("facts.cause", cause=self.cause(cause)) if cause else ""
                return say("facts.both", one=day, other=why) if day and why else day or why
        return ""

    def _proposed(self, told: NoticeGiven) -> str:
        remedy = remedy_of(told)
        if remedy is None:
            return say("facts.until", until=told.about) if told.about else ""
        key = "facts.remedy_waived" if remedy.waived_fen else "facts.remedy"
        return say(
            key,
            what=remedy.what,
            party=self.party(remedy.party),
            due=remedy.due.isoformat(),
            month=month_text(remedy.period, page_language()),
            amount=fen_text(remedy.waived_fen),
        )


def _asks_arrival(kind: str, shown: str) -> str:
    """How the answer asks when it came, where that matters."""
    if kind == "notice":
        return say("arrived_at")
    return say("came_at") if shown in _COME else ""


def _claimed(told: Measured) -> str:
    """The amount that the approval begins with."""
    return str(Money(told.amount_fen)) if isinstance(told, ExpenseTold) else ""
