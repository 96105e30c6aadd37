"""赔偿: losses that one party caused the other, by the worksheet (seed E 标准1-3, 8.4.2, 二.3)."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase

AGREED_SUM = "agreed-sum-"
"""How the ids of clauses begin that stand on no paper: both agreed to what they bill, when they
settled a dispute or agreed on another remedy."""


class Compensation(ClauseBase):
    """The other party makes good what `claimant` lost: evidenced loss × severity × impact × fault.

    cap  责任限额 in yuan, over the whole life of the contract
    """

    kind: Literal["compensation"] = "compensation"
    claimant: Literal["provider", "client"]
    cap: Amount | Blank | None = None
