"""How the parties tell each other things that bind (通知)."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase
from pactdesk.core.terms.durations import Duration


class Notices(ClauseBase):
    """`form` in the paper's words; `objection_within` for a statement that was received."""

    kind: Literal["notices"] = "notices"
    form: str | Blank | None = None
    objection_within: Duration | Blank | None = None
    address_change_within: Duration | Blank | None = None
