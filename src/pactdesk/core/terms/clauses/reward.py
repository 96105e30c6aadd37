"""Rewards on top of the pay (绩效奖励, seed D 问题1)."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase


class Reward(ClauseBase):
    """Every reward that was granted is paid; in a month at most `cap` yuan together."""

    kind: Literal["reward"] = "reward"
    cap: Amount | Blank | None = None
