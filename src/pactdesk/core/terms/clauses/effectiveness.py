"""When the contract begins to bind (生效)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase, Day


class EffectiveOn(StrEnum):
    """What makes the contract effective."""

    SIGNATURE_OR_SEAL = "signature_or_seal"
    SIGNATURE_AND_SEAL = "signature_and_seal"


class Effectiveness(ClauseBase):
    """Effective on `on`; signed where and when the paper says."""

    kind: Literal["effectiveness"] = "effectiveness"
    on: EffectiveOn | Blank
    signed_on: Day | Blank | None = None
    signing_place: str | Blank | None = None
    copies: int | Blank | None = None
