"""The ladder of a dispute (争议解决)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase
from pactdesk.core.terms.durations import Duration


class DisputeStep(StrEnum):
    """One rung."""

    NEGOTIATION = "negotiation"
    MEDIATION = "mediation"
    ARBITRATION = "arbitration"
    LABOUR_ARBITRATION = "labour_arbitration"
    LITIGATION = "litigation"


class Dispute(ClauseBase):
    """`route` in order; `venue` as the paper says it (签订地, 甲方所在地, a city).

    negotiation  how long the parties try by themselves, from the day on which one told the other
    """

    kind: Literal["dispute"] = "dispute"
    route: tuple[DisputeStep, ...] | Blank
    arbitration_body: str | Blank | None = None
    venue: str | Blank | None = None
    negotiation: Duration | Blank | None = None
