"""REFERENCE_UNKNOWN: a clause names another one that is not there, or is of another sort."""

from __future__ import annotations

from collections.abc import Iterator

from pactdesk.core.terms.clauses.bonus import Bonus
from pactdesk.core.terms.clauses.deduction_cap import DeductionCap
from pactdesk.core.terms.clauses.deduction_overlap import DeductionOverlap
from pactdesk.core.terms.clauses.fee_base_performance import BasePerformanceFee
from pactdesk.core.terms.clauses.fee_surcharge import OfFee, Surcharge
from pactdesk.core.terms.clauses.score_sheet import LevelItem, ScoreSheet
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def reference_unknown(contract: Contract) -> tuple[Finding, ...]:
    """A mistyped id would silently charge twice, cap too much, or add nothing."""
    found = (
        (clause, named, sort)
        for clause in contract.clauses
        for named, sort in _names(clause)
        if named not in _of_sort(sort, clause.id, contract)
    )
    return tuple(
        Finding(
            "REFERENCE_UNKNOWN",
            Severity.ERROR,
            (clause.id,),
            quoted(clause),
            {"clause": clause.id, "named": named},
        )
        for clause, named, _ in found
    )


def _names(clause: object) -> Iterator[tuple[str, str]]:
    """(id, what sort of clause it must be) of what a clause names; deductions' levels apart."""
    match clause:
        case Bonus() | BasePerformanceFee():
            yield clause.level, "service_level"
        case ScoreSheet():
            levels = (item.level for item in clause.items if isinstance(item, LevelItem))
            yield from ((level, "service_level") for level in levels)
        case DeductionOverlap():
            yield from ((each, "deduction") for each in clause.clauses)
        case DeductionCap():
            yield from ((each, "deduction") for each in clause.except_for or ())
        case Surcharge(rule=OfFee(fee=fee)):
            yield fee, "fee_"


def _of_sort(sort: str, clause_id: str, contract: Contract) -> set[str]:
    """Ids of that sort of clause. A surcharge stands on fees above it, never on a later one."""
    above = [each.id for each in contract.clauses]
    above = above[: above.index(clause_id)]
    return {
        each.id
        for each in contract.clauses
        if each.kind.startswith(sort) and not (isinstance(each, Surcharge) and each.id not in above)
    }
