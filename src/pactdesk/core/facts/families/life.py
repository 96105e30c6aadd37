"""The life of the contract: notices, its own steps, duties done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from pactdesk.core.facts.fields import (
    DAY,
    Choice,
    Field,
    Measured,
    Optional,
    Text,
)
from pactdesk.core.facts.names import (
    ContractEvent,
    DutyEvent,
    FactKind,
    NoticeEvent,
    Party,
)


@dataclass(frozen=True, slots=True)
class NoticeGiven(Measured):
    """A written notice was sent, arrived or was withdrawn.

    notice   its id; purpose: the word that the terms use ("termination", "rectification")
    about    what it concerns: a statement, a level, a clause
    """

    kind: ClassVar[FactKind] = FactKind.NOTICE
    fields: ClassVar[Mapping[str, Field]] = {
        "notice": Text(),
        "purpose": Text(),
        "by": Choice(Party),
        "event": Choice(NoticeEvent),
        "about": Text(optional=True),
    }
    notice: str
    purpose: str
    by: Party
    event: NoticeEvent
    about: str | None = None


@dataclass(frozen=True, slots=True)
class ContractStep(Measured):
    """The contract was signed, suspended, renewed, ended …

    by     whose act or whose cause it was, where one party's
    cause  in the terms' words: "expiry", "agreement", "breach", "law"
    until  RENEWED: the new last day; TERMINATED: the last day
    """

    kind: ClassVar[FactKind] = FactKind.CONTRACT
    fields: ClassVar[Mapping[str, Field]] = {
        "event": Choice(ContractEvent),
        "by": Choice(Party, optional=True),
        "cause": Text(optional=True),
        "until": Optional(DAY),
    }
    event: ContractEvent
    by: Party | None = None
    cause: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class DutyDone(Measured):
    """One instance of a duty was called for, done or waived.

    clause    the clause that asks for it; instance: which time ("2026-10", "statement s-1")
    by        who did it or gave it up; of one that was called for, who owes it
    """

    kind: ClassVar[FactKind] = FactKind.DUTY
    fields: ClassVar[Mapping[str, Field]] = {
        "clause": Text(),
        "instance": Text(),
        "event": Choice(DutyEvent),
        "by": Choice(Party),
    }
    clause: str
    instance: str
    event: DutyEvent
    by: Party
