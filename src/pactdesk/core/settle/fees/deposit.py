"""押金: asked for when the term begins, given back after its end unless forfeited. No fee."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.quantities.deposits import begins, is_over, is_past
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.clauses.deposit import Deposit


def exact(clause: Deposit, settling: Settling) -> Node:
    """Positive: the client owes it (lodges its own, or gives the provider's back)."""
    counting = settling.counting
    moves = []
    if begins(counting):
        moves.append(_asked(clause, settling))
    if is_over(counting, clause.id):
        moves.append(calculated(Op.NEGATE, _given_back(clause, settling), unit=Unit.YUAN))
    if not moves:
        return _kept(clause, settling)
    change = moves[0] if len(moves) == 1 else calculated(Op.ADD, *moves, unit=Unit.YUAN)
    return change if clause.paid_by == "client" else calculated(Op.NEGATE, change, unit=Unit.YUAN)


def _asked(clause: Deposit, settling: Settling) -> Node:
    """The amount less what was lodged already."""
    lodged = settling.counted("deposit_moved", clause.id, "paid", unit=Unit.YUAN)
    return _beyond(clause, (lodged,), settling, "deposit_asked")


def _given_back(clause: Deposit, settling: Settling) -> Node:
    """The amount less what was given back already, and what is forfeited."""
    returned = settling.counted("deposit_moved", clause.id, "returned", unit=Unit.YUAN)
    kept = settling.counted("deposit_forfeited", clause.id, unit=Unit.YUAN)
    return _beyond(clause, (returned, kept), settling, "deposit_returned")


def _beyond(clause: Deposit, gone: tuple[Node, ...], settling: Settling, label: str) -> Node:
    rest = term(settling.contract, f"{clause.id}.amount", Unit.YUAN)
    for each in gone:
        rest = calculated(Op.SUBTRACT, rest, each, unit=Unit.YUAN)
    return calculated(Op.MAXIMUM, rest, constant(0, Unit.YUAN), unit=Unit.YUAN, label=label)


def _kept(clause: Deposit, settling: Settling) -> Node:
    """Nothing moves; the balance stands in the trace."""
    label = "deposit_over" if is_past(settling.counting, clause.id) else "deposit_kept"
    nothing = constant(0, Unit.COUNT, label=label)
    held = settling.counted("deposit_balance", clause.id, unit=Unit.YUAN)
    return calculated(Op.MULTIPLY, nothing, held, unit=Unit.YUAN)
