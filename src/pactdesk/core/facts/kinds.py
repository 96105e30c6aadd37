"""The kinds of facts, and what is measured in each.

The clocks follow Zendesk's ticket metric events: a clock is activated, paused, resumed, fulfilled
or breached, and every one of these is a fact of its own. A pause without a reason does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from pactdesk.core.facts.families.life import ContractStep, DutyDone, NoticeGiven
from pactdesk.core.facts.families.money import DepositMoved, ExpenseTold, LossShown, SaleTold
from pactdesk.core.facts.families.staff import AgentPaid, LeaveTaken, RewardGiven
from pactdesk.core.facts.families.works import (
    ForecastGiven,
    IncidentHappened,
    ScoreGiven,
    UsageCounted,
    WorkTold,
)
from pactdesk.core.facts.fields import (
    DAY,
    HASH,
    MONTH,
    ByName,
    Choice,
    FactMalformed,
    Field,
    Flag,
    Measured,
    Moment,
    Several,
    Share,
    Text,
    Whole,
)
from pactdesk.core.facts.names import Actor as Actor
from pactdesk.core.facts.names import AttendanceEvent as AttendanceEvent
from pactdesk.core.facts.names import ClockEvent as ClockEvent
from pactdesk.core.facts.names import ClockMetric as ClockMetric
from pactdesk.core.facts.names import ContractEvent as ContractEvent
from pactdesk.core.facts.names import DepositEvent as DepositEvent
from pactdesk.core.facts.names import DutyEvent as DutyEvent
from pactdesk.core.facts.names import ExpenseEvent as ExpenseEvent
from pactdesk.core.facts.names import FactKind as FactKind
from pactdesk.core.facts.names import NoticeEvent as NoticeEvent
from pactdesk.core.facts.names import ObjectionOutcome as ObjectionOutcome
from pactdesk.core.facts.names import Party as Party
from pactdesk.core.facts.names import SaleEvent as SaleEvent
from pactdesk.core.facts.names import Verdict as Verdict
from pactdesk.core.facts.names import WorkEvent as WorkEvent

# Facts and terms speak of the same channels and case types; re-exported beside the other kinds.
from pactdesk.core.terms.clauses.scope import CaseType as CaseType
from pactdesk.core.terms.clauses.scope import Channel as Channel
from pactdesk.core.units.instants import Instant, Milliseconds


class FactKindUnknown(FactMalformed):
    """No kind of fact is called `kind`; `known` lists those that are."""


_OF_ONE: Mapping[str, Field] = {"statement": Text()}


@dataclass(frozen=True, slots=True)
class InteractionOpened(Measured):
    """A customer came; one chat, call, mail thread or ticket begins."""

    kind: ClassVar[FactKind] = FactKind.INTERACTION_OPENED
    fields: ClassVar[Mapping[str, Field]] = {
        "interaction": Text(),
        "channel": Choice(Channel),
        "case_type": Choice(CaseType, optional=True),
        "customer": Text(optional=True),
    }
    interaction: str
    channel: Channel
    case_type: CaseType | None = None
    customer: str | None = None  # a pseudonym, never a name or a number that someone could dial


@dataclass(frozen=True, slots=True)
class InteractionClassified(Measured):
    """Somebody who read it said what it is about; the latest word decides which levels look at it.

    That it was called something else before stays in the log, so nobody moves it unseen.
    """

    kind: ClassVar[FactKind] = FactKind.INTERACTION_CLASSIFIED
    fields: ClassVar[Mapping[str, Field]] = {"interaction": Text(), "case_type": Choice(CaseType)}
    interaction: str
    case_type: CaseType


@dataclass(frozen=True, slots=True)
class InteractionClosed(Measured):
    """The interaction is over for both sides."""

    kind: ClassVar[FactKind] = FactKind.INTERACTION_CLOSED
    fields: ClassVar[Mapping[str, Field]] = {"interaction": Text()}
    interaction: str


@dataclass(frozen=True, slots=True)
class InteractionAbandoned(Measured):
    """The customer left the queue before an answer."""

    kind: ClassVar[FactKind] = FactKind.INTERACTION_ABANDONED
    fields: ClassVar[Mapping[str, Field]] = {"interaction": Text()}
    interaction: str


@dataclass(frozen=True, slots=True)
class Clock(Measured):
    """Something happened to a clock of an interaction.

    A second `activate` of `resolution` after its `fulfil` is a reopening. Only a `fulfil` of
    `first_response` by an agent is a first response; that is decided by whoever measures, so an
    automatic reply may be recorded too.

    proof  what a reader can ask for: a message number, a recording, a third party's ticket
    """

    kind: ClassVar[FactKind] = FactKind.CLOCK
    fields: ClassVar[Mapping[str, Field]] = {
        "interaction": Text(),
        "metric": Choice(ClockMetric),
        "event": Choice(ClockEvent),
        "reason": Text(optional=True),
        "actor": Choice(Actor, optional=True),
        "proof": Text(optional=True),
    }
    interaction: str
    metric: ClockMetric
    event: ClockEvent
    reason: str | None = None
    actor: Actor | None = None
    proof: str | None = None

    def __post_init__(self) -> None:
        Measured.__post_init__(self)
        if self.event is ClockEvent.PAUSE and self.reason is None:
            raise self.wrong("reason", '"…" (event = pause)')


@dataclass(frozen=True, slots=True)
class Rating(Measured):
    """The customer gave `score` of `scale` points."""

    kind: ClassVar[FactKind] = FactKind.RATING
    fields: ClassVar[Mapping[str, Field]] = {
        "interaction": Text(),
        "score": Whole(0),
        "scale": Whole(1),
    }
    interaction: str
    score: int
    scale: int

    def __post_init__(self) -> None:
        Measured.__post_init__(self)
        if self.score > self.scale:
            raise self.wrong("score", f"int <= {self.scale}")


@dataclass(frozen=True, slots=True)
class Attendance(Measured):
    """An agent clocked in or out."""

    kind: ClassVar[FactKind] = FactKind.ATTENDANCE
    fields: ClassVar[Mapping[str, Field]] = {"agent": Text(), "event": Choice(AttendanceEvent)}
    agent: str
    event: AttendanceEvent


@dataclass(frozen=True, slots=True)
class Assignment(Measured):
    """From now on this share ("1/2") of the agent's seat time belongs to this contract."""

    kind: ClassVar[FactKind] = FactKind.ASSIGNMENT
    fields: ClassVar[Mapping[str, Field]] = {"agent": Text(), "share": Share()}
    agent: str
    share: str


@dataclass(frozen=True, slots=True)
class Probe(Measured):
    """`target` was up or down from `occurred_at` (included) for `covers_ms` milliseconds."""

    kind: ClassVar[FactKind] = FactKind.PROBE
    fields: ClassVar[Mapping[str, Field]] = {"target": Text(), "up": Flag(), "covers_ms": Whole(1)}
    target: str
    up: bool
    covers_ms: Milliseconds


@dataclass(frozen=True, slots=True)
class Exclusion(Measured):
    """Time from `start` (included) to `end` (excluded) that is not judged, once both approved.

    clauses  the clauses it concerns; none means all
    """

    kind: ClassVar[FactKind] = FactKind.EXCLUSION
    fields: ClassVar[Mapping[str, Field]] = {
        "start": Moment(),
        "end": Moment(),
        "clauses": Several(Text()),
        "cause": Text(),
        "approved_by": Several(Choice(Party)),
    }
    start: Instant
    end: Instant
    clauses: tuple[str, ...]
    cause: str
    approved_by: tuple[Party, ...]

    def __post_init__(self) -> None:
        Measured.__post_init__(self)
        if self.end <= self.start:
            raise self.wrong("end", f"int > {self.start}")

    @property
    def is_approved(self) -> bool:
        """Whether both parties said yes; before that it excludes nothing."""
        return set(self.approved_by) == set(Party)


@dataclass(frozen=True, slots=True)
class StatementIssued(Measured):
    """The provider issued the statement of a month, with this total and these verdicts."""

    kind: ClassVar[FactKind] = FactKind.STATEMENT_ISSUED
    fields: ClassVar[Mapping[str, Field]] = {
        "statement": Text(),
        "period": MONTH,
        "total_fen": Whole(),
        "verdicts": ByName(Choice(Verdict)),
    }
    statement: str
    period: str
    total_fen: int
    verdicts: Mapping[str, Verdict]


@dataclass(frozen=True, slots=True)
class StatementReceived(Measured):
    """The statement reached the client."""

    kind: ClassVar[FactKind] = FactKind.STATEMENT_RECEIVED
    fields: ClassVar[Mapping[str, Field]] = {"statement": Text()}
    statement: str


@dataclass(frozen=True, slots=True)
class StatementConfirmed(Measured):
    """The client agreed to the statement."""

    kind: ClassVar[FactKind] = FactKind.STATEMENT_CONFIRMED
    fields: ClassVar[Mapping[str, Field]] = {"statement": Text()}
    statement: str


@dataclass(frozen=True, slots=True)
class StatementAccepted(Measured):
    """A party agreed to exactly the statement with this content (SHA-256 of its JSON)."""

    kind: ClassVar[FactKind] = FactKind.STATEMENT_ACCEPTED
    fields: ClassVar[Mapping[str, Field]] = {**_OF_ONE, "party": Choice(Party), "content": HASH}
    statement: str
    party: Party
    content: str


@dataclass(frozen=True, slots=True)
class StatementObjected(Measured):
    """The client objected to a line; the reason is a personal field."""

    kind: ClassVar[FactKind] = FactKind.STATEMENT_OBJECTED
    fields: ClassVar[Mapping[str, Field]] = {**_OF_ONE, "objection": Text(), "line": Whole(1)}
    statement: str
    objection: str
    line: int


@dataclass(frozen=True, slots=True)
class StatementAnswered(Measured):
    """An objection ended: the provider's answer, or the client's second thought."""

    kind: ClassVar[FactKind] = FactKind.STATEMENT_ANSWERED
    fields: ClassVar[Mapping[str, Field]] = {
        **_OF_ONE,
        "objection": Text(),
        "outcome": Choice(ObjectionOutcome),
    }
    statement: str
    objection: str
    outcome: ObjectionOutcome


@dataclass(frozen=True, slots=True)
class InvoiceReceived(Measured):
    """The invoice for the statement reached the client."""

    kind: ClassVar[FactKind] = FactKind.INVOICE_RECEIVED
    fields: ClassVar[Mapping[str, Field]] = {"statement": Text()}
    statement: str


@dataclass(frozen=True, slots=True)
class Payment(Measured):
    """The client paid `amount_fen` on the statement."""

    kind: ClassVar[FactKind] = FactKind.PAYMENT
    fields: ClassVar[Mapping[str, Field]] = {"statement": Text(), "amount_fen": Whole(1)}
    statement: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class StatementMade(Measured):
    """What an issued statement was made from: the facts sealed through `evidence_day`.

    Later statements compute the same month again from what was sealed since, and bill the
    difference.

    booked  clause id → fen of its lines together; what is capped over a year looks at it
    """

    kind: ClassVar[FactKind] = FactKind.STATEMENT_MADE
    fields: ClassVar[Mapping[str, Field]] = {
        **_OF_ONE,
        "evidence_day": DAY,
        "rules_version": Whole(1),
        "booked": ByName(Whole()),
    }
    statement: str
    evidence_day: str
    rules_version: int
    booked: Mapping[str, int]


_ALL: tuple[type[Measured], ...] = (
    InteractionOpened,
    InteractionClassified,
    InteractionClosed,
    InteractionAbandoned,
    Clock,
    Rating,
    Attendance,
    Assignment,
    Probe,
    Exclusion,
    StatementIssued,
    StatementReceived,
    StatementConfirmed,
    StatementAccepted,
    StatementObjected,
    StatementAnswered,
    InvoiceReceived,
    Payment,
    StatementMade,
    UsageCounted,
    ForecastGiven,
    WorkTold,
    IncidentHappened,
    ScoreGiven,
    SaleTold,
    ExpenseTold,
    DepositMoved,
    LossShown,
    LeaveTaken,
    RewardGiven,
    AgentPaid,
    NoticeGiven,
    ContractStep,
    DutyDone,
)
MEASURED_BY_KIND: Mapping[str, type[Measured]] = {each.kind.value: each for each in _ALL}


def fact_kind(name: object) -> FactKind:
    """The kind called `name`.

    >>> fact_kind("clock")
    <FactKind.CLOCK: 'clock'>
    """
    try:
        return FactKind(name)  # type: ignore[arg-type]  # anything else is refused right here
    except ValueError:
        raise FactKindUnknown(kind=str(name)[:80], known=", ".join(FactKind)) from None
