"""Events in words: what was told, under which clause, how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from pactdesk.apps.statements.events import Event, EventState, teller_of
from pactdesk.apps.statements.events_offered import OTHER, touched
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.families.life import ContractStep, NoticeGiven
from pactdesk.core.facts.families.money import DepositMoved, ExpenseTold, LossShown
from pactdesk.core.facts.families.works import IncidentHappened, ScoreGiven, WorkTold
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import Exclusion
from pactdesk.core.facts.names import ExpenseEvent, Party
from pactdesk.core.settle.issuing import SOURCE
from pactdesk.core.terms.clauses.deposit import Deposit
from pactdesk.core.terms.clauses.fee_lump_sum import LumpSumFee
from pactdesk.core.terms.clauses.fee_milestones import MilestonesFee
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.exact import exact_value
from pactdesk.core.units.money import Money
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import fen_text, percent_text
from pactdesk.messages.catalogue import has_text
from pactdesk.web.portal.event_fields import say
from pactdesk.web.portal.said import moment_text
from pactdesk.web.ui.words import page_language

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
    claimed: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class EventWords:
    """The words for one contract's events; `terms` as they are today."""

    terms: Contract
    zone: ZoneInfo

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

    def row(self, event: Event, answering: Party | None) -> Row:
        """`answering`: the party whose person looks, when they may speak for it."""
        state, kind = event.state, event.kind.value
        waits = event.waits_for
        stands = say(f"state.{state}")
        if waits is not None:
            stands = say(f"waits.{kind}.{waits.value}")
        return Row(
            key=event.key,
            kind=say(f"kind.{kind}"),
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
            refusable=not isinstance(event.detail, NoticeGiven),
            claimed=_claimed(event.detail),
            yes=say(f"yes.{kind}") if waits else "",
            no=say(f"no.{kind}") if waits and not isinstance(event.detail, NoticeGiven) else "",
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
        if isinstance(detail, ExpenseTold) and detail.event is ExpenseEvent.APPROVED:
            what = say("said.approved_part", amount=fen_text(detail.amount_fen))
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
            case LossShown(by=by):
                return say("what.loss", party=self.party(by))
            case Exclusion(cause=cause):
                return self.word(cause)
            case NoticeGiven(purpose=purpose):
                return self.word(purpose)
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
            case NoticeGiven(about=str(about)):
                return say("facts.about", about=about)
            case ContractStep(until=str(until)):
                return say("facts.until", until=date.fromisoformat(until).isoformat())
        return ""


def _claimed(told: Measured) -> str:
    """The amount that the approval begins with."""
    return str(Money(told.amount_fen)) if isinstance(told, ExpenseTold) else ""
