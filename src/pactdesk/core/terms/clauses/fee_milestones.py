"""A total that is paid by milestones (里程碑: 上线 30%, 验收 60%, 质保期满 10%)."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Share
from pactdesk.core.terms.clauses.work_parts import Gate, PartName, PartPrice


class Milestone(PartPrice):
    """Facts call it "<clause id>.<name>"."""

    name: PartName


class MilestonesFee(ClauseBase):
    """Each milestone is owed once its gates are open; the last takes what is left of `total`."""

    kind: Literal["fee_milestones"] = "fee_milestones"
    total: Amount | Blank
    milestones: tuple[Milestone, ...] | Blank
    gates: tuple[Gate, ...] | Blank = (Gate.ACCEPTED,)
    tax_rate: Share | Blank | None = None
    tax_included: bool | Blank | None = None
