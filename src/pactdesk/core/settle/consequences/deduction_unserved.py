"""扣除相应比例: the part of the fee whose work was not accepted (seed A 六.2)."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant
from pactdesk.core.terms.clauses.deduction_unserved import DeductionUnserved


def exact(clause: DeductionUnserved, settling: Settling) -> Node:
    """−fee × (1 − accepted share); zero when nothing was refused."""
    accepted = settling.counted("accepted_share", clause.item, unit=Unit.SHARE)
    if accepted.value == 1:
        return constant(0, Unit.YUAN, label="nothing_refused")
    refused = calculated(
        Op.SUBTRACT, constant(1, Unit.SHARE), accepted, unit=Unit.SHARE, label="refused_share"
    )
    owed = calculated(Op.MULTIPLY, refused, settling.fee(), unit=Unit.YUAN, label="owed")
    return calculated(Op.NEGATE, owed, unit=Unit.YUAN)
