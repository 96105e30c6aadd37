"""The ladder of a dispute (争议解决)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase


class DisputeStep(StrEnum):
    """One rung."""

    NEGOTIATION = "negotiation"
    MEDIATION = "mediation"
    ARBITRATION = "arbitration"
    LABOUR_ARBITRATION = "labour_arbitration"
    LITIGATION = "litigation"


class Dispute(ClauseBase):
    """`route` in order; `venue` as the paper says it (签订地, 甲方所在地, a city)."""

    kind: Literal["dispute"] = "dispute"
    route: tuple[DisputeStep, ...] | Blank
    arbitration_body: str | Blank | None = None
    venue: str | Blank | None = None
