"""Which facts a pay slip of one agent is made of."""

from __future__ import annotations

from collections.abc import Iterable

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.names import FactKind
from pactdesk.core.measure.intervals import Interval
from pactdesk.core.measure.seat_time import clocked


def facts_of(agent: str, facts: Iterable[RecordedFact]) -> tuple[RecordedFact, ...]:
    """All facts but those that name another agent, and those that may be another's."""
    kept = tuple(facts)
    is_alone = len(agents_in(kept)) <= 1
    return tuple(
        each
        for each in kept
        if each.fact.measured.get("agent", agent) in (agent, None)
        and (is_alone or not _is_anybodys(each))
    )


def agents_in(facts: Iterable[RecordedFact]) -> tuple[str, ...]:
    """Everyone who clocked in or out, by name."""
    return tuple(clocked(facts))


def unassigned(
    every: tuple[RecordedFact, ...], kept: tuple[RecordedFact, ...], run: Interval
) -> int:
    """How many sales and losses of the run say no agent, where there are several."""
    if len(every) == len(kept):
        return 0
    used = {each.fact.key for each in kept}
    return sum(
        _is_anybodys(each)
        and each.fact.key not in used
        and run[0] <= each.fact.occurred_at < run[1]
        for each in every
    )


def _is_anybodys(recorded: RecordedFact) -> bool:
    """Money of one agent, but of which is not said: it can be on no slip of several."""
    fact = recorded.fact
    return fact.kind in (FactKind.SALE, FactKind.LOSS) and fact.measured.get("agent") is None
