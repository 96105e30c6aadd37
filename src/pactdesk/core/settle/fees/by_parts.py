"""What the fees for work share: which parts are billed now, at what, and why none is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.quantities.part_prices import part_at
from pactdesk.core.settle.quantities.payable import (
    ADVANCE,
    FINAL,
    Payable,
    is_due,
    payables,
    was_refused,
)
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, rounded, term
from pactdesk.core.terms.clauses.work_parts import Gate
from pactdesk.core.units.errors import PactError

_FEN = Fraction(1, 100)


class PartsMissTotal(PactError):
    """The parts of clause `clause` come to `parts`, its total is `total`, and none is final."""


class PartsExceedTotal(PactError):
    """The parts of clause `clause` come to `parts`, more than its total `total`."""


def billed(clause_id: str, settling: Settling, *, left: Callable[[], Node]) -> Node:
    """Σ of the parts whose last condition came true in the period; else zero and why.

    left  gives the price of the last part
    """
    every = payables(settling.counting, clause_id)
    due = [part for part in every if is_due(settling.counting, part)]
    if not due:
        return constant(0, Unit.YUAN, label=_waiting_for(clause_id, every, settling))
    amounts = []
    for part in due:
        is_last = part is every[-1]
        amount = _to_the_fen(left(), settling) if is_last else price(part.path, settling)
        came = settling.counted("part_due", clause_id, part.name)
        amounts.append(calculated(Op.MULTIPLY, came, amount, unit=Unit.YUAN, label="part"))
    if len(amounts) == 1:
        return amounts[0]
    return calculated(Op.ADD, *amounts, unit=Unit.YUAN, label="parts")


def price(path: str, settling: Settling) -> Node:
    """share × total, or the amount, of the part at a term path; rounded like a line.

    raises  PartUnpriced, BlankLeft
    """
    return _to_the_fen(unrounded(path, settling), settling)


def unrounded(path: str, settling: Settling) -> Node:
    """The same before the rounding."""
    if part_at(settling.contract, path).amount is not None:
        return term(settling.contract, f"{path}.amount", Unit.YUAN)
    share = term(settling.contract, f"{path}.share", Unit.SHARE)
    return calculated(Op.MULTIPLY, total(path.split(".")[0], settling), share, unit=Unit.YUAN)


def total(clause_id: str, settling: Settling) -> Node:
    """The agreed total of the clause."""
    return term(settling.contract, f"{clause_id}.total", Unit.YUAN)


def what_is_left(clause_id: str, others: Sequence[Node], settling: Settling) -> Node:
    """The total less the other parts; to the fen, so that all parts make the total.

    raises  PartsExceedTotal
    """
    whole = left = total(clause_id, settling)
    for other in others:
        left = calculated(Op.SUBTRACT, left, other, unit=Unit.YUAN, label="remaining_fee")
    if left.value < 0:
        parts = whole.value - left.value
        raise PartsExceedTotal(clause=clause_id, parts=str(parts), total=str(whole.value))
    return left


def left_after_amendment(clause_id: str, settling: Settling) -> Node:
    """The same where the clause was amended: what was billed before keeps its price."""
    others = settling.counted("other_parts", clause_id, unit=Unit.YUAN)
    return what_is_left(clause_id, (others,), settling)


def refuse_gap(clause_id: str, parts: Sequence[Node], settling: Settling) -> None:
    """Without a final part, all parts must make the total, but for less than a fen.

    raises  PartsMissTotal
    """
    come_to = sum((part.value for part in parts), start=Fraction(0))
    whole = total(clause_id, settling).value
    if abs(come_to - whole) >= _FEN:
        raise PartsMissTotal(clause=clause_id, parts=str(come_to), total=str(whole))


def _to_the_fen(node: Node, settling: Settling) -> Node:
    return rounded(node, settling.money_rounding, Unit.YUAN, "part_price")


_NO_GATE = {
    Gate.DONE: "awaiting_work",
    Gate.ACCEPTED: "awaiting_acceptance",
    Gate.INVOICE: "awaiting_invoice",
}


def _waiting_for(clause_id: str, every: Sequence[Payable], settling: Settling) -> str:
    """Why no part is billed: the first closed gate of the first part that could be owed."""
    counting = settling.counting
    for part in every:
        if part.owed_at is not None:
            continue
        if part.since is None and part.name == ADVANCE:
            return "awaiting_advance_event"
        if part.since is not None and part.since < counting.end:
            gate = next(each for each, since in part.waits.items() if since is None)
            if gate is Gate.ACCEPTED and was_refused(counting, clause_id, part.name):
                return "work_refused"
            if gate is Gate.DONE and part.name == FINAL:
                return "awaiting_summary"
            return _NO_GATE[gate]
    is_over = all(part.owed_at is not None and part.owed_at < counting.start for part in every)
    return "all_parts_billed" if is_over else "no_part_yet"
