"""The provider's right to suspend when the client does not pay (暂停服务)."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase, Count


class Suspension(ClauseBase):
    """More than `after_days` overdue, the provider may suspend until paid."""

    kind: Literal["suspension"] = "suspension"
    after_days: Count | Blank
