"""迟延履行违约金: late days of a work item × rate × amount, or once; capped over all days."""

from __future__ import annotations

from pactdesk.core.settle.consequences.capping import of_life
from pactdesk.core.settle.consequences.late_fee import refuse_unclear_rate
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.clauses.delay_penalty import DelayPenalty


def exact(clause: DelayPenalty, settling: Settling) -> Node:
    """Zero or negative: what this period's late days add; raises LateRateTwice, BlankLeft."""
    refuse_unclear_rate(clause)
    end = settling.counted("delay_days", clause.id, "end", unit=Unit.DAYS)
    start = settling.counted("delay_days", clause.id, "start", unit=Unit.DAYS)
    if end.value == start.value:
        return constant(0, Unit.YUAN, label="not_late")
    so_far, before = (_accrued(clause, days, settling) for days in (end, start))
    if clause.cap is None:
        owed = calculated(Op.SUBTRACT, so_far, before, unit=Unit.YUAN, label="amount")
    else:
        owed = of_life(so_far, before, _cap(clause, settling))
    return calculated(Op.NEGATE, owed, unit=Unit.YUAN)


def _accrued(clause: DelayPenalty, days: Node, settling: Settling) -> Node:
    """Per day days × rate × amount; once: the whole from the first late day on."""
    amount = term(settling.contract, f"{clause.id}.of", Unit.YUAN)
    if clause.rate_once is not None:
        late = calculated(Op.MINIMUM, days, constant(1, Unit.COUNT), unit=Unit.COUNT, label="once")
        rate = term(settling.contract, f"{clause.id}.rate_once", Unit.SHARE)
        return calculated(Op.MULTIPLY, late, rate, amount, unit=Unit.YUAN, label="accrued")
    rate = term(settling.contract, f"{clause.id}.rate_per_day", Unit.RATE_PER_DAY)
    return calculated(Op.MULTIPLY, days, rate, amount, unit=Unit.YUAN, label="accrued")


def _cap(clause: DelayPenalty, settling: Settling) -> Node:
    share = term(settling.contract, f"{clause.id}.cap", Unit.SHARE)
    amount = term(settling.contract, f"{clause.id}.of", Unit.YUAN)
    return calculated(Op.MULTIPLY, share, amount, unit=Unit.YUAN, label="cap")
