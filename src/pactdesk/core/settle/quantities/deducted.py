"""本合同年度已扣: what earlier periods of the contract's year deducted (`deducted_before|cap`)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from pactdesk.core.facts.fact import as_happened
from pactdesk.core.facts.kinds import StatementIssued, StatementMade
from pactdesk.core.facts.names import FactKind
from pactdesk.core.settle.counting import Counting
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.deduction_cap import DeductionCap
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.units.periods import Period, add_months


def before(counting: Counting, clause_id: str) -> Fraction:
    """Yuan: the deductions under the cap, less what it gave back, as statements booked them.

    Of each earlier month since the last anniversary of the term's first day, the first statement
    that was made of it. A year of the contract begins with the month of its anniversary.
    """
    cap = counting.contract.clause(clause_id)
    assert isinstance(cap, DeductionCap)  # noqa: S101 - its own line asks
    capped = {
        each.id
        for each in counting.contract.clauses
        if each.kind.startswith("deduction") and each.id not in (cap.except_for or ())
    }
    first, month = _year_began(counting), counting.period.start.replace(day=1)
    months: dict[str, Period] = {}
    seen: set[str] = set()
    fen = 0
    kinds = (FactKind.STATEMENT_ISSUED, FactKind.STATEMENT_MADE)
    for each in as_happened(counting.facts, *kinds):
        told = each.fact.detail
        if each.fact.occurred_at >= counting.end:
            break
        if isinstance(told, StatementIssued):
            months.setdefault(told.statement, Period.month(told.period))
        elif isinstance(told, StatementMade) and told.statement not in seen:
            seen.add(told.statement)
            of = months.get(told.statement)
            if of is not None and first <= of.start < month:
                fen -= sum(amount for clause, amount in told.booked.items() if clause in capped)
    return Fraction(fen, 100)


def _year_began(counting: Counting) -> date:
    """The first day of the month in which the running year of the contract began."""
    term = counting.contract.one(TermPeriod)
    began = agreed(term.start, f"{term.id}.start").replace(day=1)
    while (following := add_months(began, 12)) <= counting.period.start:
        began = following
    return began
