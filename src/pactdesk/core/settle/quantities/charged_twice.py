"""重复扣款: what per-breach deductions charge more than once (`charged_twice|clause`)."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from pactdesk.core.settle.counting import Counting
from pactdesk.core.terms.base import fraction
from pactdesk.core.terms.clauses.deduction import Deduction, PerBreach
from pactdesk.core.terms.clauses.deduction_overlap import DeductionOverlap
from pactdesk.core.terms.contract import Contract
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
    for deduction, rule in per_breach(counting.contract, clause):
        if deduction.id in missed:
            amount = fraction(rule.amount, f"{deduction.id}.rule.amount")
            for interaction in counting.measured.level(deduction.level).missed:
                charged[interaction].append(amount)
    return sum((sum(a) - max(a) for a in charged.values()), start=Fraction(0))


def per_breach(contract: Contract, clause: DeductionOverlap) -> list[tuple[Deduction, PerBreach]]:
    """The named deductions, which all are per breach and uncapped; raises OverlapNotPerBreach."""
    found = []
    for deduction_id in clause.clauses:
        named = contract.clause(deduction_id)
        rule = named.rule if isinstance(named, Deduction) and named.cap is None else None
        if not isinstance(named, Deduction) or not isinstance(rule, PerBreach):
            raise OverlapNotPerBreach(clause=clause.id, deduction=deduction_id)
        found.append((named, rule))
    return found
