"""销售提成: a share of what was sold and kept, and a base for each seat (PRACTICE 2, 4.9).

A sale earns in the month in which it was paid; a refund inside the window takes back in the month
of the refund, also what an earlier month earned. So an amount below zero is a clawback, and
nothing else. Over all months the commission is that of what was paid and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.quantities import sales
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.fee_commission import CommissionFee
from pactdesk.core.terms.clauses.fee_per_unit import Tiering
from pactdesk.core.units.errors import PactError


class CommissionRateUnclear(PactError):
    """Clause `clause` needs either one rate or tiers that rise, the last without an end."""


def exact(clause: CommissionFee, settling: Settling) -> Node:
    """Commission, and the base of the seats by days; after the term only what is taken back.

    raises  CommissionRateUnclear, BlankLeft
    """
    earned = _commission(clause, settling)
    _, last = sales.term_of(settling.counting)
    if clause.base_amount is None or settling.period.start > last:
        return earned
    seats = term(settling.contract, f"{clause.id}.seats", Unit.PERSONS)
    base = term(settling.contract, f"{clause.id}.base_amount", Unit.YUAN)
    of_month = calculated(Op.MULTIPLY, seats, base, unit=Unit.YUAN, label="base_pay")
    return calculated(Op.ADD, settling.prorated(of_month), earned, unit=Unit.YUAN)


def _commission(clause: CommissionFee, settling: Settling) -> Node:
    paid = settling.counted("sales_paid", clause.id, unit=Unit.YUAN)
    back = _taken_back(clause, settling)
    tiers = agreed(clause.tiers, f"{clause.id}.tiers")
    rate = agreed(clause.rate, f"{clause.id}.rate")
    if (rate is None) == (not tiers):
        raise CommissionRateUnclear(clause=clause.id)
    if tiers:
        _refuse_disorder(clause)
    if paid.value == back.value == 0 and not back.inputs:
        return constant(0, Unit.YUAN, label="no_sales")
    if tiers:
        return _by_tiers(clause, settling)
    kept = calculated(Op.SUBTRACT, paid, back, unit=Unit.YUAN, label="kept_sales")
    share = term(settling.contract, f"{clause.id}.rate", Unit.SHARE)
    return calculated(Op.MULTIPLY, kept, share, unit=Unit.YUAN, label=_label(kept))


def _taken_back(clause: CommissionFee, settling: Settling) -> Node:
    """Refunds that count; where some do not, both figures stand in the trace."""
    refused = settling.counted("refunds_refused", clause.id, unit=Unit.YUAN)
    if refused.value == 0:
        return settling.counted("sales_refunded", clause.id, unit=Unit.YUAN)
    told = settling.counted("refunds_told", clause.id, unit=Unit.YUAN)
    return calculated(Op.SUBTRACT, told, refused, unit=Unit.YUAN, label="refunds_counted")


def _by_tiers(clause: CommissionFee, settling: Settling) -> Node:
    """Σ over the months concerned: what the month earns by now, less what it had earned before."""
    parts: list[Node] = []
    for month in sales.months(settling.counting, clause.id):
        now, before = (
            settling.counted("net_sales", clause.id, month, until, unit=Unit.YUAN)
            for until in ("end", "start")
        )
        if now.value == before.value:
            continue
        earned = _of_month(clause, now, settling, "month_earned")
        if before.value:
            had = _of_month(clause, before, settling, "month_had")
            earned = calculated(Op.SUBTRACT, earned, had, unit=Unit.YUAN, label="month_change")
        parts.append(earned)
    if not parts:
        return constant(0, Unit.YUAN, label="no_change")
    if len(parts) == 1:
        return parts[0]
    return _sum(parts, "commission")


def _of_month(clause: CommissionFee, net: Node, settling: Settling, label: str) -> Node:
    """The commission of a month with these net sales."""
    ends = [
        term(settling.contract, f"{clause.id}.tiers.{n}.up_to", Unit.YUAN)
        for n, tier in enumerate(agreed(clause.tiers, f"{clause.id}.tiers"))
        if tier.up_to is not None
    ]
    reached = sum(net.value > end.value for end in ends)
    if agreed(clause.tiering, f"{clause.id}.tiering") is Tiering.WHOLE_VOLUME:
        rate = _rate(clause, reached, settling)
        return calculated(Op.MULTIPLY, net, rate, unit=Unit.YUAN, label=label)
    return _graduated(clause, net, ends[:reached], settling, label)


def _graduated(
    clause: CommissionFee, net: Node, passed: Sequence[Node], settling: Settling, label: str
) -> Node:
    """Σ yuan inside a band × its rate, over the bands that were reached."""
    parts: list[Node] = []
    bounds: list[Node | None] = [None, *passed, net]
    for n, (below, above) in enumerate(pairwise(bounds)):
        assert above is not None  # noqa: S101 - only the first bound is none
        inside = above
        if below is not None:
            inside = calculated(Op.SUBTRACT, above, below, unit=Unit.YUAN, label="in_sales_band")
        rate = _rate(clause, n, settling)
        parts.append(calculated(Op.MULTIPLY, inside, rate, unit=Unit.YUAN))
    return replace(parts[0], label=label) if len(parts) == 1 else _sum(parts, label)


def _sum(parts: Sequence[Node], label: str) -> Node:
    return calculated(Op.ADD, *parts, unit=Unit.YUAN, label=label)


def _rate(clause: CommissionFee, band: int, settling: Settling) -> Node:
    return term(settling.contract, f"{clause.id}.tiers.{band}.rate", Unit.SHARE)


def _label(kept: Node) -> str:
    return "commission" if kept.value >= 0 else "clawed_back"


def _refuse_disorder(clause: CommissionFee) -> None:
    tiers = agreed(clause.tiers, f"{clause.id}.tiers")
    ends = [agreed(tier.up_to, f"{clause.id}.tiers.{n}.up_to") for n, tier in enumerate(tiers)]
    closed = [end for end in ends[:-1] if end is not None]
    is_rising = len(closed) == len(ends) - 1 and closed == sorted(set(closed))
    tiering = agreed(clause.tiering, f"{clause.id}.tiering")
    if not is_rising or ends[-1] is not None or tiering in (None, Tiering.PACKAGE):
        raise CommissionRateUnclear(clause=clause.id)
