"""Which clause kinds make a line, by which rule, in which order.

A consequence looks at the lines above it, so fees come first, what is taken off them next, and
what is owed for other months last. Each such clause in force has its line, also at zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pactdesk.core.settle.consequences import deduction, deduction_cap, late_fee
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.fees import fixed, headcount_hours
from pactdesk.core.settle.trace import Node
from pactdesk.core.terms.base import ClauseBase
from pactdesk.core.terms.clauses.deduction import Deduction
from pactdesk.core.terms.clauses.deduction_cap import DeductionCap
from pactdesk.core.terms.clauses.fee_fixed import FixedFee
from pactdesk.core.terms.clauses.fee_headcount_hours import HeadcountHoursFee
from pactdesk.core.terms.clauses.late_fee import LateFee

Exact = Callable[[Any, Settling], Node]
"""(clause, settling) → the unrounded amount: positive owed by the client, negative let off."""


def _always(_clause: Any, _settling: Settling) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class MoneyRule:
    """How a clause of a kind becomes a line of `kind`; lines that are fees begin with "fee_".

    applies  whether this clause makes such a line at all (a price without tax makes none of tax)
    """

    clause: type[ClauseBase]
    kind: str
    exact: Exact
    applies: Callable[[Any, Settling], bool] = _always


RULES: tuple[MoneyRule, ...] = (
    # fees
    MoneyRule(FixedFee, "fee_fixed", fixed.exact),
    MoneyRule(HeadcountHoursFee, "fee_headcount_hours", headcount_hours.exact),
    # what is taken off them
    MoneyRule(Deduction, "deduction", deduction.exact),
    MoneyRule(DeductionCap, "deduction_cap", deduction_cap.exact),
    # what is owed because of other months
    MoneyRule(LateFee, "late_fee", late_fee.exact),
)

MONEY_KINDS: frozenset[type[ClauseBase]] = frozenset(rule.clause for rule in RULES)
"""Every clause kind that makes a line."""
