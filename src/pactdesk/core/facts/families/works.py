"""What was served beyond single conversations: volumes, work, incidents, scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from pactdesk.core.facts.fields import (
    MONTH,
    Choice,
    Field,
    Measured,
    Several,
    Share,
    Text,
    Whole,
)
from pactdesk.core.facts.names import FactKind, Party, WorkEvent


@dataclass(frozen=True, slots=True)
class UsageCounted(Measured):
    """`quantity` more of `measure` were used, such as messages sent or orders handled.

    proof  what a reader can ask for: the platform's export and its line
    """

    kind: ClassVar[FactKind] = FactKind.USAGE
    fields: ClassVar[Mapping[str, Field]] = {
        "measure": Text(),
        "quantity": Whole(1),
        "proof": Text(optional=True),
    }
    measure: str
    quantity: int
    proof: str | None = None


@dataclass(frozen=True, slots=True)
class ForecastGiven(Measured):
    """The client expects `quantity` of `measure` in a month; the last one told before it counts."""

    kind: ClassVar[FactKind] = FactKind.FORECAST
    fields: ClassVar[Mapping[str, Field]] = {
        "measure": Text(),
        "period": MONTH,
        "quantity": Whole(0),
    }
    measure: str
    period: str
    quantity: int


@dataclass(frozen=True, slots=True)
class WorkTold(Measured):
    """A piece of work was done, accepted or refused.

    item   what the terms call it: a clause id, or "clause id.name" of one of its parts
    share  how much of it: "1", or "1/2" for a part that was accepted
    """

    kind: ClassVar[FactKind] = FactKind.WORK
    fields: ClassVar[Mapping[str, Field]] = {
        "item": Text(),
        "event": Choice(WorkEvent),
        "share": Share(),
        "reason": Text(optional=True),
    }
    item: str
    event: WorkEvent
    share: str = "1"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class IncidentHappened(Measured):
    """Something that the contract puts a price on; it counts once both parties say so.

    incident  its id: one event that several facts tell counts once
    what      the word that the terms use: "data_leak", "absence", "abuse"
    party     who answers for it
    quantity  how many persons, minutes or pieces it concerns
    """

    kind: ClassVar[FactKind] = FactKind.INCIDENT
    fields: ClassVar[Mapping[str, Field]] = {
        "incident": Text(),
        "what": Text(),
        "party": Choice(Party),
        "quantity": Whole(1),
        "approved_by": Several(Choice(Party)),
    }
    incident: str
    what: str
    party: Party
    quantity: int
    approved_by: tuple[Party, ...]

    @property
    def is_approved(self) -> bool:
        """Whether both parties said yes; before that it costs nothing."""
        return set(self.approved_by) == set(Party)


@dataclass(frozen=True, slots=True)
class ScoreGiven(Measured):
    """`points` of `of` for an item of the month's score sheet, once both parties say so."""

    kind: ClassVar[FactKind] = FactKind.SCORE
    fields: ClassVar[Mapping[str, Field]] = {
        "item": Text(),
        "period": MONTH,
        "points": Whole(0),
        "of": Whole(1),
        "approved_by": Several(Choice(Party)),
    }
    item: str
    period: str
    points: int
    of: int
    approved_by: tuple[Party, ...]

    def __post_init__(self) -> None:
        Measured.__post_init__(self)
        if self.points > self.of:
            raise self.wrong("points", f"int <= {self.of}")

    @property
    def is_approved(self) -> bool:
        """Whether both parties said yes."""
        return set(self.approved_by) == set(Party)
