"""扣除相应比例 (seed A 六.2): work that was not accepted is not paid."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import ClauseBase


class DeductionUnserved(ClauseBase):
    """The part of the period's fee whose work the client did not accept.

    item  what `work` facts call it; the last one of the period says which share was accepted
    """

    kind: Literal["deduction_unserved"] = "deduction_unserved"
    item: str
