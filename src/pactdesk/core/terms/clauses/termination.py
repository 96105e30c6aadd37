"""How the contract ends and what is handed over (终止, 移交)."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase
from pactdesk.core.terms.durations import Duration


class Termination(ClauseBase):
    """`notice` for leaving without cause; `handover` of material at the end (E42)."""

    kind: Literal["termination"] = "termination"
    notice: Duration | Blank | None = None
    grounds: str | Blank | None = None
    handover: bool | Blank | None = None
    handover_within: Duration | Blank | None = None
