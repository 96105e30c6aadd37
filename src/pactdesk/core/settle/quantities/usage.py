"""用量: how much of a measure was used on the days of the period (`usage|measure`)."""

from __future__ import annotations

from fractions import Fraction

from pactdesk.core.facts.fact import as_happened
from pactdesk.core.facts.families.works import UsageCounted
from pactdesk.core.facts.names import FactKind
from pactdesk.core.settle.counting import Counting


def counted(counting: Counting, measure: str) -> Fraction:
    """Σ quantity of the usage facts of that measure whose `occurred_at` lies in the period."""
    told = (
        each.fact.detail
        for each in as_happened(counting.facts, FactKind.USAGE)
        if counting.start <= each.fact.occurred_at < counting.end
    )
    return Fraction(
        sum(u.quantity for u in told if isinstance(u, UsageCounted) and u.measure == measure)
    )
