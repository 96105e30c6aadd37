"""超额奖励: what a level beyond its target earns the provider."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase, Rate, Share, Step


class Bonus(ClauseBase):
    """For each `step` by which the level is better than `above` the target: `rate` of the fee.

    cap   of the period's fee
    """

    kind: Literal["bonus"] = "bonus"
    level: str
    step: Step | Blank
    rate: Rate | Blank
    cap: Share | Blank | None = None
