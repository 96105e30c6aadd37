"""What people told about a contract: by whom, when, and whether it counts already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.evidence.kept import facts_now
from pactdesk.apps.evidence.models import PersonalRow
from pactdesk.apps.statements.errors import EventUnknown
from pactdesk.apps.statements.events_figures import whose_word
from pactdesk.apps.statements.events_offered import KINDS, OTHER
from pactdesk.apps.statements.events_rights import teller_of_step
from pactdesk.apps.statements.hands import log_of, party_of
from pactdesk.apps.statements.queries import statements_visible_to
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.families.life import ContractStep, NoticeGiven
from pactdesk.core.facts.families.money import ExpenseTold, LossShown
from pactdesk.core.facts.families.works import IncidentHappened, ScoreGiven, WorkTold
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import Exclusion
from pactdesk.core.facts.names import ExpenseEvent, FactKind, NoticeEvent, Party, WorkEvent
from pactdesk.core.settle.issuing import SOURCE
from pactdesk.core.settle.late_facts import concerned_day
from pactdesk.core.settle.obligations.proposals import FACTS, is_proposal, proposed_fact
from pactdesk.core.units.instants import Instant, instant_of, zone_named

Approvable = IncidentHappened | ScoreGiven | LossShown | Exclusion
"""Kinds that count once both parties stand in `approved_by`."""

_COUNTED = frozenset({FactKind.USAGE, FactKind.SALE})

AGREED = "agreed/"
"""How ids of facts begin that follow from a yes; the notice's id stands behind it."""

REASON = "reason"
"""The personal field that holds what somebody wrote beside a fact."""


class EventState(StrEnum):
    """How an event stands."""

    TOLD = "told"  # it counts as told
    WAITING = "waiting"  # for the other party
    AGREED = "agreed"
    REFUSED = "refused"
    ARRIVED = "arrived"


@dataclass(slots=True)
class Event:
    """One thing that was told, and what was said to it since.

    answers  in the order in which they were told
    texts    commitment → what was written beside a fact, where it was not erased
    late     what counts of it was told after the statement of its month was issued
    """

    first: RecordedFact
    answers: list[RecordedFact] = field(default_factory=list)
    texts: Mapping[str, str] = field(default_factory=dict)
    late: bool = False

    @property
    def key(self) -> str:
        """Names it in forms."""
        return f"{self.first.fact.source}|{self.first.fact.event_id}"

    @property
    def detail(self) -> Measured:
        """What was told at first."""
        return self.first.fact.detail

    @property
    def kind(self) -> FactKind:
        """The kind of fact; of one that is proposed, its own."""
        proposed = proposed_fact(self.detail)
        return self.first.fact.kind if proposed is None else FactKind(proposed.kind)

    @property
    def teller(self) -> Party | None:
        """Who told it; none when both did at once, or nobody knows."""
        return teller_of(self.detail)

    @property
    def state(self) -> EventState:
        """How it stands now."""
        last = self.answers[-1].fact.detail if self.answers else None
        match self.detail:
            case IncidentHappened() | ScoreGiven() | LossShown() | Exclusion():
                return self._approval()
            case WorkTold(event=WorkEvent.DONE) if last is None:
                return EventState.WAITING
            case WorkTold(event=event):
                now = last.event if isinstance(last, WorkTold) else event
                refused = now is WorkEvent.REFUSED
                return EventState.REFUSED if refused else EventState.AGREED
            case ExpenseTold():
                return self._expense()
            case NoticeGiven() as notice if is_proposal(notice):
                return self._proposal()
            case NoticeGiven():
                arrived = self._has(NoticeEvent.ARRIVED)
                return EventState.ARRIVED if arrived else EventState.WAITING
        return EventState.TOLD

    @property
    def waits_for(self) -> Party | None:
        """Who has to say something before it counts; none once it does, or never will."""
        if self.state is not EventState.WAITING:
            return None
        return None if self.teller is None else OTHER[self.teller]

    def text_of(self, recorded: RecordedFact) -> str:
        """What was written beside one of its facts."""
        detail = recorded.fact.detail
        # An agreement repeats what was agreed to, its reason too.
        is_own = recorded is self.first or isinstance(detail, WorkTold)
        told = getattr(detail, "reason", None) if is_own else None
        written = self.texts.get(recorded.fact.personal.get(REASON, ""))
        return written or told or ""

    def _approval(self) -> EventState:
        every = [each.fact.detail for each in (self.first, *self.answers)]
        approvable = [each for each in every if isinstance(each, Approvable)]
        if any(each.is_approved for each in approvable):
            return EventState.AGREED
        refused = any(not each.approved_by for each in approvable)
        return EventState.REFUSED if refused else EventState.WAITING

    def _expense(self) -> EventState:
        every = [each.fact.detail for each in (self.first, *self.answers)]
        events = [each.event for each in every if isinstance(each, ExpenseTold)]
        if ExpenseEvent.APPROVED in events:
            return EventState.AGREED
        refused = events[-1] is ExpenseEvent.REFUSED
        return EventState.REFUSED if refused else EventState.WAITING

    def _proposal(self) -> EventState:
        """Agreed to by its arrival, refused by its withdrawal."""
        if self._has(NoticeEvent.ARRIVED):
            return EventState.AGREED
        refused = self._has(NoticeEvent.WITHDRAWN)
        return EventState.REFUSED if refused else EventState.WAITING

    def _has(self, wanted: NoticeEvent) -> bool:
        every = [each.fact.detail for each in (self.first, *self.answers)]
        return any(isinstance(each, NoticeGiven) and each.event is wanted for each in every)


def teller_of(told: Measured) -> Party | None:
    """The party whose word a fact is."""
    match told:
        case IncidentHappened() | ScoreGiven() | LossShown() | Exclusion():
            return told.approved_by[0] if len(told.approved_by) == 1 else None
        case WorkTold(event=WorkEvent.DONE) | ExpenseTold(event=ExpenseEvent.CLAIMED):
            return Party.PROVIDER
        case WorkTold() | ExpenseTold():
            return Party.CLIENT
        case NoticeGiven(event=NoticeEvent.ARRIVED):
            return OTHER[told.by]
        case NoticeGiven(event=NoticeEvent.WITHDRAWN) if is_proposal(told):
            return OTHER[told.by]
        case ContractStep():
            return teller_of_step(told)
        case NoticeGiven():
            return told.by
    return whose_word(told)


def events_of(scope: Scope, contract: Contract) -> tuple[Event, ...]:
    """All that people told, the newest first; nothing for who is no party."""
    if party_of(scope, contract) is None:
        return ()
    threads: dict[object, Event] = {}
    written = PersonalRow.objects.filter(contract_id=contract.pk, field=REASON)
    texts: dict[str, str] = dict(written.values_list("commitment", "value"))
    issued = _issued(scope, contract.pk)
    zone = zone_named(contract.zone)
    for recorded in _told(contract):
        thread = _thread(recorded, threads)
        if thread in threads:
            # What was proposed stands in the proposal already.
            if recorded.fact.kind not in FACTS.values():
                threads[thread].answers.append(recorded)
        else:
            threads[thread] = Event(recorded, texts=texts)
        month = f"{concerned_day(recorded, zone):%Y-%m}"
        after = month in issued and recorded.recorded_at > issued[month]
        threads[thread].late |= after and _may_cost(recorded.fact.detail)
    found = sorted(threads.values(), key=lambda each: each.first.order)
    return tuple(reversed(found))


def event_of(scope: Scope, contract: Contract, key: str) -> Event:
    """One of them; raises EventUnknown."""
    for each in events_of(scope, contract):
        if each.key == key:
            return each
    raise EventUnknown(event=key[:80])


def _told(contract: Contract) -> Iterable[RecordedFact]:
    facts = facts_now(log_of(contract))
    told = (one for one in facts if one.fact.kind in KINDS and not _is_counted(one))
    return sorted(told, key=lambda one: one.order)


def _is_counted(recorded: RecordedFact) -> bool:
    """Whether it is one of a platform's many counts, which people import and do not tell."""
    return recorded.fact.kind in _COUNTED and recorded.fact.source != SOURCE


def _thread(recorded: RecordedFact, threads: Mapping[object, Event]) -> object:
    """What facts about one thing have in common."""
    fact = recorded.fact
    if fact.kind in FACTS.values() and fact.source == SOURCE and fact.event_id.startswith(AGREED):
        return FactKind.NOTICE, fact.event_id.removeprefix(AGREED)
    match fact.detail:
        case IncidentHappened() | ScoreGiven() | LossShown() | Exclusion():
            matter = {k: v for k, v in fact.measured.items() if k != "approved_by"}
            return fact.kind, fact.occurred_at, canonical_json(matter)
        case ExpenseTold(expense=one):
            return fact.kind, one
        case NoticeGiven(notice=one):
            return fact.kind, one
        case WorkTold(item=item, event=event) if event is not WorkEvent.DONE:
            for thread, each in threads.items():
                told = each.detail
                is_work = isinstance(told, WorkTold) and told.item == item
                if is_work and each.state is EventState.WAITING:
                    return thread
    return fact.source, fact.event_id


def _may_cost(told: Measured) -> bool:
    """Whether money may follow in the month that it is about."""
    if isinstance(told, ExpenseTold):
        return told.event is ExpenseEvent.APPROVED
    return not isinstance(told, NoticeGiven)


def issued_months(scope: Scope, contract: UUID) -> tuple[str, ...]:
    """Months whose statement was issued: what is told about them later is an adjustment."""
    return tuple(sorted(_issued(scope, contract)))


def _issued(scope: Scope, contract: UUID) -> dict[str, Instant]:
    rows = statements_visible_to(scope).filter(contract_id=contract)
    told: Iterable[tuple[str, datetime]] = rows.values_list("period", "issued_at")
    return {period: instant_of(at) for period, at in told}
