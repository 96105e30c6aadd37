"""重复扣款: what per-breach deductions charge more than once (`charged_twice|clause`)."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from pactdesk.core.settle.counting import Counting
from pactdesk.core.terms.base import fraction
from pactdesk.core.terms.clauses.deduction import Deduction, PerBreach
from pactdesk.core.terms.clauses.deduction_overlap import DeductionOverlap
from pactdesk.core.units.errors import PactError


class OverlapNotPerBreach(PactError):
    """Overlap `clause` names `deduction`, which is no deduction per breach without a cap."""


def counted(counting: Counting, clause_id: str, *missed: str) -> Fraction:
    """Yuan: over all interactions, the amounts of the named deductions less the highest.

    missed  ids of those of the named deductions that are owed at all this period
    """
    clause = counting.contract.clause(clause_id)
    assert isinstance(clause, DeductionOverlap)  # noqa: S101 - its own line asks
    charged: dict[str, list[Fraction]] = defaultdict(list)
    for deduction_id in clause.clauses:
        deduction = counting.contract.clause(deduction_id)
        if not isinstance(deduction, Deduction) or not isinstance(deduction.rule, PerBreach):
            raise OverlapNotPerBreach(clause=clause_id, deduction=deduction_id)
        if deduction.cap is not None:
            raise OverlapNotPerBreach(clause=clause_id, deduction=deduction_id)
        if deduction_id in missed:
            amount = fraction(deduction.rule.amount, f"{deduction_id}.rule.amount")
            for interaction in counting.measured.level(deduction.level).missed:
                charged[interaction].append(amount)
    return sum((sum(a) - max(a) for a in charged.values()), start=Fraction(0))
