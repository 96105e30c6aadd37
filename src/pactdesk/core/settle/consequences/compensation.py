"""赔偿: agreed losses of the claimant by the worksheet; capped over the life of the contract."""

from __future__ import annotations

from pactdesk.core.facts.names import Party
from pactdesk.core.settle.consequences.capping import of_life
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.clauses.compensation import AGREED_SUM, Compensation


def exact(clause: Compensation, settling: Settling) -> Node:
    """Positive when the client owes it to the provider, negative the other way round."""
    if _gives_way(clause, settling):
        return constant(0, Unit.YUAN, label="no_loss")
    so_far = settling.counted("losses", clause.claimant, "end", unit=Unit.YUAN)
    before = settling.counted("losses", clause.claimant, "start", unit=Unit.YUAN)
    if so_far.value == before.value:
        return constant(0, Unit.YUAN, label="no_loss")
    if clause.cap is None:
        owed = calculated(Op.SUBTRACT, so_far, before, unit=Unit.YUAN, label="amount")
    else:
        owed = of_life(so_far, before, term(settling.contract, f"{clause.id}.cap", Unit.YUAN))
    if Party(clause.claimant) is Party.PROVIDER:
        return owed
    return calculated(Op.NEGATE, owed, unit=Unit.YUAN)


def _gives_way(clause: Compensation, settling: Settling) -> bool:
    """A clause that stands on no paper: since the paper has one of its own for that side, what both
    agree on is billed there, once."""
    if not clause.id.startswith(AGREED_SUM):
        return False
    every = settling.contract.of_kind(Compensation)
    return any(e.claimant == clause.claimant and not e.id.startswith(AGREED_SUM) for e in every)
