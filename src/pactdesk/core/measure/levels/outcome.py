"""What one interaction means for one level, seen from a cut-off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pactdesk.core.measure.context import Context
from pactdesk.core.measure.interactions import Interaction
from pactdesk.core.measure.summary import Summary
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.units.instants import Instant


@dataclass(frozen=True, slots=True)
class Counted:
    """It counts, under this name; `missed` when it broke the limit."""

    name: str
    elapsed_ms: int | None = None
    missed: bool = False


@dataclass(frozen=True, slots=True)
class TakenOut:
    """It does not count, for this reason."""

    reason: str


Pending = Literal["pending"]
"""Still open, and neither met nor missed: judged in a later period."""

Outcome = Counted | TakenOut | Pending

JudgeOne = Callable[[Interaction, ServiceLevel, Context, Instant], Outcome]
"""`(interaction, clause, context, cutoff) → outcome`."""

RatioOf = Callable[[Summary, ServiceLevel], tuple[int, int]]
"""`(summary, clause) → (numerator, denominator)`."""


def without_clock(interaction: Interaction, cutoff: Instant) -> Outcome:
    """Taken out once it has ended; until then its clock may still start, in a later month."""
    return TakenOut("no_clock") if interaction.has_ended(cutoff) else "pending"


def within_limit(elapsed_ms: int, limit_ms: int, *, done: bool) -> Outcome:
    """Exactly at the limit is within it; a clock that still runs below it is pending."""
    if elapsed_ms > limit_ms:
        return Counted("missed", elapsed_ms, missed=True)
    return Counted("met", elapsed_ms) if done else "pending"
