"""事件: agreed incidents of the period for which a party answers (`incidents`, `incident_size`)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pactdesk.core.facts.fact import as_happened
from pactdesk.core.facts.families.works import IncidentHappened
from pactdesk.core.facts.names import FactKind
from pactdesk.core.settle.counting import Counting
from pactdesk.core.units.instants import Instant


def number(counting: Counting, what: str, party: str) -> Fraction:
    """How many incidents `what` of the party both sides agreed to, each id once."""
    return Fraction(len(tuple(_agreed(counting, what, party, counting.start))))


def size(counting: Counting, what: str, party: str) -> Fraction:
    """The sum of their quantities."""
    return Fraction(sum(each.quantity for each in _agreed(counting, what, party, counting.start)))


def number_ever(counting: Counting, what: str, party: str, until: str) -> Fraction:
    """As `number`, but from the first fact on until the "start" or the "end" of the period."""
    return Fraction(len(tuple(_agreed(counting, what, party, None, until))))


def size_ever(counting: Counting, what: str, party: str, until: str) -> Fraction:
    """As `size`, but from the first fact on until the "start" or the "end" of the period."""
    return Fraction(sum(each.quantity for each in _agreed(counting, what, party, None, until)))


def _agreed(
    counting: Counting, what: str, party: str, since: Instant | None, until: str = "end"
) -> Iterator[IncidentHappened]:
    """The first agreed telling of each incident counts, at the instant at which it happened."""
    ends = {"start": counting.start, "end": counting.end}[until]
    seen: set[str] = set()
    for each in as_happened(counting.facts, FactKind.INCIDENT):
        told = each.fact.detail
        if not isinstance(told, IncidentHappened) or not told.is_approved or told.incident in seen:
            continue
        seen.add(told.incident)
        after = since is None or each.fact.occurred_at >= since
        if after and each.fact.occurred_at < ends and (told.what, str(told.party)) == (what, party):
            yield told
