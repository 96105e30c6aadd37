"""The closed choices of requests."""

from __future__ import annotations

from enum import StrEnum

from pactdesk.core.facts.names import Party

HOUR_MS = 3_600_000


class Kind(StrEnum):
    """What is asked for."""

    HELP = "help"
    DECISION = "decision"
    ACCESS = "access"
    DATA = "data"


class State(StrEnum):
    """Where a request stands. `ANSWERED`: the asker has yet to say whether that was it."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What somebody did to it; each is one entry of its thread."""

    ASKED = "asked"
    REPLIED = "replied"
    ANSWERED = "answered"
    REOPENED = "reopened"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    DELIVERED = "delivered"
    RECEIVED = "received"
    MISSING = "missing"
    RETURNED = "returned"


class Urgency(StrEnum):
    """How soon an answer is asked for."""

    URGENT = "urgent"
    NORMAL = "normal"
    RELAXED = "relaxed"


BUDGETS_MS: dict[Urgency, int] = {
    Urgency.URGENT: 2 * HOUR_MS,
    Urgency.NORMAL: 8 * HOUR_MS,
    Urgency.RELAXED: 24 * HOUR_MS,
}
"""How long the other party has, on the clock of the request."""


class Clock(StrEnum):
    """Which time counts: the contract's service hours, or all of it (自然时间)."""

    SERVICE_HOURS = "service_hours"
    WALL_CLOCK = "wall_clock"


class Ground(StrEnum):
    """Why data may be handed over (个人信息保护法 第十三条; 数据安全法 第三十二条)."""

    NO_PERSONAL_DATA = "no_personal_data"
    CONTRACT = "contract"
    CONSENT = "consent"
    LEGAL_DUTY = "legal_duty"


class Ending(StrEnum):
    """What happens to delivered data in the end."""

    RETURN = "return"
    DESTROY = "destroy"
    KEEP = "keep"


class Way(StrEnum):
    """How data were handed over."""

    FILES = "files"
    ELSEWHERE = "elsewhere"


OTHER: dict[Party, Party] = {Party.PROVIDER: Party.CLIENT, Party.CLIENT: Party.PROVIDER}
