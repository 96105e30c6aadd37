"""固定费用: `amount` for each month, quarter or year."""

from __future__ import annotations

from fractions import Fraction

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.quantities.term_days import MONTHS_OF
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, rounded, term
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.fee_fixed import Billing, FixedFee
from pactdesk.core.units.errors import PactError


class SinceWithoutBilling(PactError):
    """Fee `clause` names a first day, but is billed each month, which looks at none."""


def exact(clause: FixedFee, settling: Settling) -> Node:
    """amount × months of the period ÷ months that one amount pays for; part of a month by days.

    Billed in advance or in arrears: amount × paid periods that begin or end in the period.

    Source: seed B 4.1 固定月费; seed C 4.2 按年度.
    raises  SinceWithoutBilling, BlankLeft
    """
    amount = term(settling.contract, f"{clause.id}.amount", Unit.YUAN)
    if agreed(clause.billing, f"{clause.id}.billing") not in (None, Billing.MONTHLY):
        periods = settling.counted("fee_periods", clause.id)
        if periods.value == 0:
            return constant(0, Unit.YUAN, label="no_paid_period")
        return calculated(Op.MULTIPLY, amount, periods, unit=Unit.YUAN)
    if clause.since is not None:
        raise SinceWithoutBilling(clause=clause.id)
    if agreed(clause.adds_up, f"{clause.id}.adds_up"):
        return _adding_up(clause, amount, settling)
    per = MONTHS_OF[agreed(clause.per, f"{clause.id}.per")]
    periods = constant(Fraction(1, per), Unit.COUNT, label="fee_periods")
    return settling.prorated(calculated(Op.MULTIPLY, amount, periods, unit=Unit.YUAN))


def _adding_up(clause: FixedFee, amount: Node, settling: Settling) -> Node:
    """What the paid period so far, rounded, exceeds the same up to the days before: so that the
    months of a quarter come to its amount, whatever a third of it is."""
    so_far, before = (
        rounded(
            calculated(
                Op.MULTIPLY,
                amount,
                settling.counted("passed_share", clause.id, until, unit=Unit.SHARE),
                unit=Unit.YUAN,
            ),
            settling.money_rounding,
            Unit.YUAN,
            label,
        )
        for until, label in (("end", "fee_so_far"), ("start", "fee_before"))
    )
    return calculated(Op.SUBTRACT, so_far, before, unit=Unit.YUAN)
