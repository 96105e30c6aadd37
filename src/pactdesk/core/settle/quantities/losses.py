"""损失: agreed losses by the worksheet (`losses|claimant|start or end`, yuan)."""

from __future__ import annotations

from fractions import Fraction

from pactdesk.core.facts.fact import as_happened
from pactdesk.core.facts.families.money import LossShown
from pactdesk.core.facts.names import FactKind
from pactdesk.core.settle.counting import Counting
from pactdesk.core.units.exact import exact_value


def counted(counting: Counting, claimant: str, until: str) -> Fraction:
    """Σ evidenced × severity × impact × fault of the claims of that party which both agreed to,
    from the first fact on until the "start" or "end" of the period; a claim id counts once, in
    its first agreed telling."""
    ends = {"start": counting.start, "end": counting.end}[until]
    seen: set[str] = set()
    total = Fraction(0)
    for each in as_happened(counting.facts, FactKind.LOSS):
        told = each.fact.detail
        if not isinstance(told, LossShown) or not told.is_approved or told.claim in seen:
            continue
        seen.add(told.claim)
        if each.fact.occurred_at < ends and str(told.by) == claimant:
            parts = map(exact_value, (told.severity, told.impact, told.fault))
            owed = Fraction(told.evidenced_fen, 100)
            for part in parts:
                owed *= part
            total += owed
    return total
