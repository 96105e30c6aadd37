"""磨合期: in the first months of the term a miss has no consequence (PRACTICE 3)."""

from __future__ import annotations

from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.assessment import Assessment
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import Period, add_months


def in_grace(contract: Contract, period: Period) -> bool:
    """Whether the period's month begins within `grace_months` from the term's first day on.

    The month counts as a whole: with one month from 15 March, March and no other is free.
    """
    rule = contract.optional(Assessment)
    if rule is None or rule.grace_months is None:
        return False
    months = agreed(rule.grace_months, f"{rule.id}.grace_months")
    term = contract.one(TermPeriod)
    first = agreed(term.start, f"{term.id}.start").replace(day=1)
    return period.start.replace(day=1) < add_months(first, months)
