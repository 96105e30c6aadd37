"""Time that both parties agreed not to judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pactdesk.core.facts.fact import RecordedFact, as_happened
from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.kinds import Exclusion, FactKind, Party
from pactdesk.core.facts.names import ContractEvent
from pactdesk.core.measure.intervals import Intervals, union
from pactdesk.core.units.instants import Instant

SUSPENDED = "suspended"
_NEVER = Instant(32_503_679_999_999)
"""The last instant that a fact can tell."""


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

    def concerns(self, clause_id: str) -> bool:
        """Whether there is any exclusion for the clause."""
        return any(True for _ in self._for(clause_id))

    def without(self, cause: str) -> ExcludedTime:
        """All but those for one cause."""
        return ExcludedTime(tuple(each for each in self.approved if each.cause != cause))

    def _for(self, clause_id: str) -> Iterable[Exclusion]:
        return (e for e in self.approved if not e.clauses or clause_id in e.clauses)


NOTHING_EXCLUDED = ExcludedTime(())


def excluded_time(facts: Iterable[RecordedFact]) -> ExcludedTime:
    """The exclusions that provider and client both approved, and the contract's suspensions."""
    told = as_happened(facts, FactKind.EXCLUSION, FactKind.CONTRACT)
    details = (each.fact.detail for each in told)
    approved = [each for each in details if isinstance(each, Exclusion) and each.is_approved]
    every = (*approved, *_suspensions(told))
    return ExcludedTime(tuple(sorted(every, key=lambda e: (e.start, e.end, e.cause))))


def _suspensions(told: Iterable[RecordedFact]) -> Iterator[Exclusion]:
    """From each suspension to the resumption after it; one that goes on has no end."""
    since: Instant | None = None
    for each in told:
        step = each.fact.detail
        if not isinstance(step, ContractStep):
            continue
        if step.event is ContractEvent.SUSPENDED and since is None:
            since = each.fact.occurred_at
        elif step.event is ContractEvent.RESUMED and since is not None:
            if since < each.fact.occurred_at:
                yield Exclusion(since, each.fact.occurred_at, (), SUSPENDED, tuple(Party))
            since = None
    if since is not None:
        yield Exclusion(since, _NEVER, (), SUSPENDED, tuple(Party))
