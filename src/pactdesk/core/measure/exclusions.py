"""Time that both parties agreed not to judge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pactdesk.core.facts.fact import RecordedFact, as_happened
from pactdesk.core.facts.kinds import Exclusion, FactKind
from pactdesk.core.measure.intervals import Intervals, union
from pactdesk.core.units.instants import Instant


@dataclass(frozen=True, slots=True)
class ExcludedTime:
    """The approved exclusions, in order of their start and cause."""

    approved: tuple[Exclusion, ...]

    def cause(self, at: Instant, clause_id: str) -> str | None:
        """Why an interaction attributed to `at` is not judged by the clause; None: it is."""
        for each in self._for(clause_id):
            if each.start <= at < each.end:
                return each.cause
        return None

    def intervals(self, clause_id: str) -> Intervals:
        """All time that the clause does not judge."""
        return union((each.start, each.end) for each in self._for(clause_id))

    def _for(self, clause_id: str) -> Iterable[Exclusion]:
        return (e for e in self.approved if not e.clauses or clause_id in e.clauses)


def excluded_time(facts: Iterable[RecordedFact]) -> ExcludedTime:
    """The exclusions among the facts that provider and client both approved."""
    told = (each.fact.detail for each in as_happened(facts, FactKind.EXCLUSION))
    approved = (each for each in told if isinstance(each, Exclusion) and each.is_approved)
    return ExcludedTime(tuple(sorted(approved, key=lambda e: (e.start, e.end, e.cause))))
