"""What hangs on the contract with equal force (附件)."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase


class Attachments(ClauseBase):
    """Names in the paper's order; `equal_force` with the contract."""

    kind: Literal["attachments"] = "attachments"
    names: tuple[str, ...] | Blank
    equal_force: bool | Blank | None = None
