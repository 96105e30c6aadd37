"""Which clause kinds make a line, by which rule, in which order.

A consequence looks at the lines above it, so fees come first, what is taken off them next, and
what is owed for other months last. Each such clause in force has its line, also at zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pactdesk.core.settle.consequences import (
    bonus,
    breach_penalty,
    compensation,
    deduction,
    deduction_cap,
    deduction_event,
    deduction_overlap,
    deduction_unserved,
    delay_penalty,
    late_fee,
    refund,
    reward,
    score_sheet,
    wage_deduction,
)
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.fees import (
    base_performance,
    commission,
    deposit,
    expenses,
    fixed,
    headcount_hours,
    hourly,
    lump_sum,
    milestones,
    per_unit,
    seats,
    surcharge,
    vat,
)
from pactdesk.core.settle.trace import Node
from pactdesk.core.terms.base import ClauseBase
from pactdesk.core.terms.clauses.bonus import Bonus
from pactdesk.core.terms.clauses.breach_penalty import BreachPenalty
from pactdesk.core.terms.clauses.compensation import Compensation
from pactdesk.core.terms.clauses.deduction import Deduction
from pactdesk.core.terms.clauses.deduction_cap import DeductionCap
from pactdesk.core.terms.clauses.deduction_event import DeductionEvent
from pactdesk.core.terms.clauses.deduction_overlap import DeductionOverlap
from pactdesk.core.terms.clauses.deduction_unserved import DeductionUnserved
from pactdesk.core.terms.clauses.delay_penalty import DelayPenalty
from pactdesk.core.terms.clauses.deposit import Deposit
from pactdesk.core.terms.clauses.expenses import Expenses
from pactdesk.core.terms.clauses.fee_base_performance import BasePerformanceFee
from pactdesk.core.terms.clauses.fee_commission import CommissionFee
from pactdesk.core.terms.clauses.fee_fixed import FixedFee
from pactdesk.core.terms.clauses.fee_headcount_hours import HeadcountHoursFee
from pactdesk.core.terms.clauses.fee_hourly import HourlyFee
from pactdesk.core.terms.clauses.fee_lump_sum import LumpSumFee
from pactdesk.core.terms.clauses.fee_milestones import MilestonesFee
from pactdesk.core.terms.clauses.fee_per_unit import PerUnitFee
from pactdesk.core.terms.clauses.fee_seats import SeatsFee
from pactdesk.core.terms.clauses.fee_surcharge import Surcharge
from pactdesk.core.terms.clauses.late_fee import LateFee
from pactdesk.core.terms.clauses.refund import Refund
from pactdesk.core.terms.clauses.reward import Reward
from pactdesk.core.terms.clauses.score_sheet import ScoreSheet
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.terms.clauses.wage_deduction import WageDeduction
from pactdesk.core.units.errors import PactError

Exact = Callable[[Any, Settling], Node]
"""(clause, settling) → the unrounded amount: positive owed by the client, negative let off."""


def _always(_clause: Any, _settling: Settling) -> bool:
    return True


def _of_any(_clause: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class MoneyRule:
    """How a clause of a kind becomes a line of `kind`; lines that are fees begin with "fee_".

    applies    whether this clause makes such a line at all (a price without tax makes none of tax)
    leans_on   kinds whose change inside a month splits the line too; a clause that it names, its
               level's service hours and the conventions do so always
    is_judged  an amendment inside a month must say how the clause is judged; so must it for every
               clause that names a level. All other lines are split by days; None: this one always,
               whatever it names (a tax follows the lines that it is taken of)
    lasts      days after the term have a line too: debts and payments do not end with it
    concerns   whether the clause alone, by its own terms, can make such a line: one that cannot is
               not split, so no amendment need say how it is judged
    """

    clause: type[ClauseBase]
    kind: str
    exact: Exact
    applies: Callable[[Any, Settling], bool] = _always
    leans_on: tuple[type[ClauseBase], ...] = ()
    is_judged: bool | None = False
    lasts: bool = False
    concerns: Callable[[Any], bool] = _of_any


_TAXED: tuple[type[ClauseBase], ...] = (
    FixedFee,
    HeadcountHoursFee,
    PerUnitFee,
    LumpSumFee,
    MilestonesFee,
    HourlyFee,
    CommissionFee,
    BasePerformanceFee,
    SeatsFee,
    Surcharge,
)
"""Fees whose price may be without tax. A change of one splits the tax of those of its rate."""

RULES: tuple[MoneyRule, ...] = (
    # fees
    MoneyRule(FixedFee, "fee_fixed", fixed.exact),
    MoneyRule(
        HeadcountHoursFee, "fee_headcount_hours", headcount_hours.exact, leans_on=(ServiceHours,)
    ),
    MoneyRule(PerUnitFee, "fee_per_unit", per_unit.exact),
    MoneyRule(LumpSumFee, "fee_lump_sum", lump_sum.exact, lasts=True),
    MoneyRule(MilestonesFee, "fee_milestones", milestones.exact, lasts=True),
    MoneyRule(HourlyFee, "fee_hourly", hourly.exact, leans_on=(ServiceHours,)),
    MoneyRule(CommissionFee, "fee_commission", commission.exact, lasts=True),
    MoneyRule(BasePerformanceFee, "fee_base_performance", base_performance.exact),
    MoneyRule(SeatsFee, "fee_seats", seats.exact, leans_on=(ServiceHours,)),
    # last of the fees: a share of another one is taken of its line
    MoneyRule(Surcharge, "fee_surcharge", surcharge.exact, leans_on=(ServiceHours,)),
    # the tax on them, where their prices are without it
    *(
        MoneyRule(
            kind,
            "vat",
            vat.exact,
            vat.applies,
            leans_on=_TAXED,
            is_judged=None,
            lasts=True,
            concerns=vat.is_outside,
        )
        for kind in _TAXED
    ),
    # what is taken off them
    MoneyRule(Deduction, "deduction", deduction.exact),
    MoneyRule(DeductionEvent, "deduction_event", deduction_event.exact),
    MoneyRule(DeductionUnserved, "deduction_unserved", deduction_unserved.exact),
    MoneyRule(DeductionOverlap, "deduction_overlap", deduction_overlap.exact, is_judged=True),
    MoneyRule(DeductionCap, "deduction_cap", deduction_cap.exact, is_judged=True),
    MoneyRule(ScoreSheet, "score_sheet", score_sheet.exact, is_judged=True),
    MoneyRule(Bonus, "bonus", bonus.exact),
    MoneyRule(Reward, "reward", reward.exact),
    MoneyRule(WageDeduction, "wage_deduction", wage_deduction.exact),
    # what a party owes beside the fee
    MoneyRule(DelayPenalty, "delay_penalty", delay_penalty.exact, lasts=True),
    MoneyRule(BreachPenalty, "breach_penalty", breach_penalty.exact, lasts=True),
    MoneyRule(Compensation, "compensation", compensation.exact, lasts=True),
    MoneyRule(Refund, "refund", refund.exact, lasts=True),
    # what stands beside the fee and is no part of it
    MoneyRule(Expenses, "expenses", expenses.exact, lasts=True),
    MoneyRule(Deposit, "deposit", deposit.exact, lasts=True),
    # what is owed because of other months
    MoneyRule(LateFee, "late_fee", late_fee.exact, lasts=True),
)

RULES_VERSION = 2
"""A change that alters any amount makes a version beside this one; old ones stay."""

_CHANGED_IN_2: Mapping[str, Exact] = {
    "fee_lump_sum": lump_sum.of_whole_months,
    "refund": refund.of_everything_paid,
}
"""Kind of line → its rule until version 2."""

RULES_OF: Mapping[int, tuple[MoneyRule, ...]] = {
    1: tuple(replace(each, exact=_CHANGED_IN_2.get(each.kind, each.exact)) for each in RULES),
    2: RULES,
}
"""Rules version → its rules: an issued month is computed again by those it was issued by."""


class RulesUnknown(PactError):
    """This program has no rules of version `version`; it knows `known`."""


def rules_of(version: int) -> tuple[MoneyRule, ...]:
    """The rules of a version; raises RulesUnknown."""
    if version not in RULES_OF:
        raise RulesUnknown(version=version, known=", ".join(map(str, RULES_OF)))
    return RULES_OF[version]


MONEY_KINDS: frozenset[type[ClauseBase]] = frozenset(rule.clause for rule in RULES)
"""Every clause kind that makes a line."""

LASTING: tuple[type[ClauseBase], ...] = tuple(
    rule.clause for rule in RULES if rule.lasts and rule.kind != "vat"
)
"""Kinds for which a month after the term has a statement; tax alone needs none."""
