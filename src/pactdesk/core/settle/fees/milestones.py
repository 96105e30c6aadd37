"""里程碑付款: each milestone once it was accepted (PRACTICE 2: 30/60/10)."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.fees.by_parts import (
    billed,
    left_after_amendment,
    price,
    refuse_gap,
    unrounded,
    what_is_left,
)
from pactdesk.core.settle.quantities.part_prices import is_amended
from pactdesk.core.settle.quantities.payable import payables
from pactdesk.core.settle.trace import Node
from pactdesk.core.terms.clauses.fee_milestones import MilestonesFee


def exact(clause: MilestonesFee, settling: Settling) -> Node:
    """Zero or positive. The last milestone takes what the others leave of `total`.

    raises  PartUnpriced, PartsMissTotal, PartsExceedTotal, PartNameTwice, BlankLeft
    """
    if is_amended(settling.counting, clause.id):
        return billed(clause.id, settling, left=lambda: left_after_amendment(clause.id, settling))
    paths = [part.path for part in payables(settling.counting, clause.id)]
    refuse_gap(clause.id, [unrounded(path, settling) for path in paths], settling)
    others = [price(path, settling) for path in paths[:-1]]
    left = what_is_left(clause.id, others, settling)
    return billed(clause.id, settling, left=lambda: left)
