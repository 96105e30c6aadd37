"""奖励: what was granted on top of the pay, from the month's first day on (`rewards|end`, yuan)."""

from __future__ import annotations

from fractions import Fraction

from pactdesk.core.facts.fact import as_happened
from pactdesk.core.facts.families.staff import RewardGiven
from pactdesk.core.facts.names import FactKind
from pactdesk.core.settle.counting import Counting
from pactdesk.core.units.instants import day_start, zone_named


def counted(counting: Counting, until: str) -> Fraction:
    """Σ of the month's reward facts before the "start" or the "end" of the period."""
    zone = zone_named(counting.contract.zone)
    since = day_start(counting.period.start.replace(day=1), zone)
    ends = {"start": counting.start, "end": counting.end}[until]
    told = (
        each.fact.detail
        for each in as_happened(counting.facts, FactKind.REWARD)
        if since <= each.fact.occurred_at < ends
    )
    return Fraction(sum(each.amount_fen for each in told if isinstance(each, RewardGiven)), 100)
