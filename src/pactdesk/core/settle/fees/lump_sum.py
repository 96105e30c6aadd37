"""包干总价: advance, instalments, monthly parts, final part (seed A 支付一 to 三)."""

from __future__ import annotations

from collections.abc import Iterator

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
from pactdesk.core.settle.quantities.payable import Payable, payables
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, term
from pactdesk.core.terms.clauses.fee_lump_sum import LumpSumFee


def exact(clause: LumpSumFee, settling: Settling) -> Node:
    """Zero or positive. All parts of the life make `total`, whenever each is billed.

    Of the month that an early end cut off, its days until then are paid (民法典 928: 相应的报酬).

    raises  as `of_whole_months`
    """
    parts = of_whole_months(clause, settling)
    if clause.monthly is None:
        return parts
    share = settling.counted("cut_month", clause.id, unit=Unit.SHARE)
    if share.value == 0:
        return parts
    of_month = price(f"{clause.id}.monthly", settling)
    cut = calculated(Op.MULTIPLY, share, of_month, unit=Unit.YUAN, label="cut_month")
    if parts.value == 0:
        return cut
    return calculated(Op.ADD, parts, cut, unit=Unit.YUAN, label="parts")


def of_whole_months(clause: LumpSumFee, settling: Settling) -> Node:
    """Rules version 1: of a month that an early end cut off nothing is paid.

    raises  PartUnpriced, PartsMissTotal, PartsExceedTotal, PartNameTwice, BlankLeft
    """
    every = payables(settling.counting, clause.id)
    if is_amended(settling.counting, clause.id):
        return billed(
            clause.id,
            settling,
            left=lambda: _final(clause, left_after_amendment(clause.id, settling), settling),
        )
    left = what_is_left(clause.id, list(_others(clause, every, settling)), settling)
    if clause.final is None:
        refuse_gap(clause.id, [unrounded(part.path, settling) for part in every], settling)
    return billed(clause.id, settling, left=lambda: _final(clause, left, settling))


def _final(clause: LumpSumFee, left: Node, settling: Settling) -> Node:
    """The final share of what is left; without a final part all of it."""
    if clause.final is None:
        return left
    share = term(settling.contract, f"{clause.id}.final.share", Unit.SHARE)
    return calculated(Op.MULTIPLY, left, share, unit=Unit.YUAN, label="final_part")


def _others(clause: LumpSumFee, every: tuple[Payable, ...], settling: Settling) -> Iterator[Node]:
    """All parts but the last; the monthly ones together."""
    monthly = f"{clause.id}.monthly"
    for part in every[:-1]:
        if part.path != monthly:
            yield price(part.path, settling)
    months = settling.counted("lump_months", clause.id) if clause.monthly is not None else None
    if months is not None and months.value > 0:
        yield calculated(Op.MULTIPLY, months, price(monthly, settling), unit=Unit.YUAN)
