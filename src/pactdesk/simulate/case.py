"""One case while it is worked on: what it is, and how it writes its facts."""

from __future__ import annotations

from dataclasses import dataclass, field

from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import (
    Actor,
    CaseType,
    Channel,
    Clock,
    ClockEvent,
    ClockMetric,
    InteractionClosed,
    InteractionOpened,
)
from pactdesk.core.units.instants import Instant
from pactdesk.simulate.chance import Chance
from pactdesk.simulate.customers import Customer, personal_texts
from pactdesk.simulate.desk import Desk, Seat, Work
from pactdesk.simulate.parts import CaseHabits, Handling
from pactdesk.simulate.world import World

_SOURCES = {
    Channel.CHAT: "desk",
    Channel.TICKET: "desk",
    Channel.EMAIL: "mail",
    Channel.PHONE: "telephony",
}


@dataclass(slots=True)
class Case:
    """chance  the case's own stream of draws
    replied_at  the agent's first words; None before
    solved      whether the last work on it solved it
    """

    world: World
    desk: Desk
    id: str
    customer: Customer
    channel: Channel
    case_type: CaseType
    chance: Chance
    opened_at: Instant
    replied_at: Instant | None = None
    left: bool = False
    solved: bool = False
    _facts: int = field(default=0)

    @property
    def handling(self) -> Handling:
        """How its channel is served."""
        return next(h for h in self.world.scenario.handling if h.channel is self.channel)

    @property
    def habits(self) -> CaseHabits:
        """What follows from its kind."""
        return next(h for h in self.world.scenario.cases if h.case_type is self.case_type)

    @property
    def waited_ms(self) -> int:
        """Service time until the agent's first words, or until now."""
        return self.world.grid.elapsed(self.opened_at, self.replied_at or self.world.now)

    def open(self) -> None:
        """The customer came, and the clocks start."""
        opened = InteractionOpened(
            interaction=self.id,
            channel=self.channel,
            case_type=self.case_type,
            customer=self.customer.pseudonym,
        )
        texts = personal_texts(self.customer, self.channel, self.case_type, self.chance)
        self.note(opened, personal=dict(texts))
        self.clock(self.first_metric, ClockEvent.ACTIVATE, Actor.CUSTOMER)
        self.clock(ClockMetric.RESOLUTION, ClockEvent.ACTIVATE, Actor.CUSTOMER)

    def close(self) -> None:
        """Over for both sides, for now."""
        self.note(InteractionClosed(interaction=self.id))

    @property
    def first_metric(self) -> ClockMetric:
        """A call waits to be answered, everything else for a first response."""
        return ClockMetric.ANSWER if self.channel is Channel.PHONE else ClockMetric.FIRST_RESPONSE

    def clock(
        self,
        metric: ClockMetric,
        event: ClockEvent,
        actor: Actor,
        *,
        reason: str | None = None,
        proof: str | None = None,
    ) -> None:
        """Something happened to one of its clocks."""
        self.note(
            Clock(
                interaction=self.id,
                metric=metric,
                event=event,
                reason=reason,
                actor=actor,
                proof=proof,
            )
        )

    def note(
        self,
        detail: Measured,
        *,
        source: str | None = None,
        personal: dict[str, str] | None = None,
        may_be_late: bool = False,
    ) -> None:
        """A fact of this case, now; numbered, so that facts of one millisecond keep their order."""
        self._facts += 1
        self.world.recorder.note(
            detail,
            source=source or _SOURCES[self.channel],
            event_id=f"{self.id}/{self._facts:03d}",
            at=self.world.now,
            personal=personal,
            may_be_late=may_be_late,
        )

    def proof_number(self, prefix: str) -> str:
        """What a reader can ask for."""
        return f"{prefix}-{self.id}-{self._facts + 1:03d}"

    def ask(self, urgency: int) -> Work:
        """Queue for an agent of its channel."""
        return self.desk.ask(self.channel, self.handling.slots, urgency - self.habits.ahead)

    def work_ms(self, base_ms: int, seat: Seat) -> int:
        """What takes `base_ms` takes this agent, with this kind of case, so long."""
        return max(1, round(base_ms * self.habits.work * seat.agent.pace))
