"""People who work by the hour: leave, rewards, pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from pactdesk.core.facts.fields import (
    Choice,
    Field,
    Measured,
    Moment,
    Several,
    Text,
    Whole,
)
from pactdesk.core.facts.names import FactKind, Party
from pactdesk.core.units.instants import Instant


@dataclass(frozen=True, slots=True)
class LeaveTaken(Measured):
    """The agent was excused from `start` (included) to `end` (excluded) once it was approved."""

    kind: ClassVar[FactKind] = FactKind.LEAVE
    fields: ClassVar[Mapping[str, Field]] = {
        "agent": Text(),
        "start": Moment(),
        "end": Moment(),
        "reason": Text(),
        "approved_by": Several(Choice(Party)),
    }
    agent: str
    start: Instant
    end: Instant
    reason: str
    approved_by: tuple[Party, ...]

    def __post_init__(self) -> None:
        Measured.__post_init__(self)
        if self.end <= self.start:
            raise self.wrong("end", f"int > {self.start}")


@dataclass(frozen=True, slots=True)
class RewardGiven(Measured):
    """A reward on top of the pay; a person approved it for the reason told."""

    kind: ClassVar[FactKind] = FactKind.REWARD
    fields: ClassVar[Mapping[str, Field]] = {
        "agent": Text(),
        "amount_fen": Whole(1),
        "reason": Text(),
    }
    agent: str
    amount_fen: int
    reason: str


@dataclass(frozen=True, slots=True)
class AgentPaid(Measured):
    """`amount_fen` reached the agent for the pay run named `run`."""

    kind: ClassVar[FactKind] = FactKind.PAY
    fields: ClassVar[Mapping[str, Field]] = {
        "agent": Text(),
        "run": Text(),
        "amount_fen": Whole(1),
    }
    agent: str
    run: str
    amount_fen: int
