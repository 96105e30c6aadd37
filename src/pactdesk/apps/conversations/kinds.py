"""The closed choices of conversations."""

from __future__ import annotations

from enum import StrEnum


class AuthorKind(StrEnum):
    """Who wrote. An automatic reply is `SYSTEM`; the words are those of `facts.kinds.Actor`."""

    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"


class State(StrEnum):
    """Where a conversation stands. `WAITING`: its resolution clock rests, for a named reason."""

    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


class WaitReason(StrEnum):
    """Whom the agent waits for; the reason that stands in the fact."""

    CUSTOMER = "waiting_customer"
    CLIENT = "waiting_client"
    THIRD_PARTY = "waiting_third_party"
