"""奖励: what was granted on top of the pay in the period (`rewards`, yuan)."""

from __future__ import annotations

from fractions import Fraction

from pactdesk.core.facts.fact import as_happened
from pactdesk.core.facts.families.staff import RewardGiven
from pactdesk.core.facts.names import FactKind
from pactdesk.core.settle.counting import Counting


def counted(counting: Counting) -> Fraction:
    """Σ of the reward facts that happened in the period."""
    told = (
        each.fact.detail
        for each in as_happened(counting.facts, FactKind.REWARD)
        if counting.start <= each.fact.occurred_at < counting.end
    )
    return Fraction(sum(each.amount_fen for each in told if isinstance(each, RewardGiven)), 100)
