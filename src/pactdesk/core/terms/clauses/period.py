"""How long the contract runs and what follows (期限, 续约)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase, Count, Day, Model
from pactdesk.core.terms.durations import Duration


class RenewalKind(StrEnum):
    """Who must act for the contract to go on."""

    AUTOMATIC = "automatic"
    NEGOTIATED = "negotiated"


class Renewal(Model):
    """`notice`: how long before the end an objection or a wish must be told."""

    kind: RenewalKind | Blank
    months: Count | Blank | None = None
    notice: Duration | Blank | None = None


class TermPeriod(ClauseBase):
    """From `start` to `end`, both included, as contracts say 自…起至…止."""

    kind: Literal["period"] = "period"
    start: Day | Blank
    end: Day | Blank
    months: Count | Blank | None = None
    renewal: Renewal | None = None
