"""What the contract's log says of clocks: also of those that were imported."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.evidence.models import FactRow
from pactdesk.apps.evidence.queries import index_of
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.kinds import FactKind
from pactdesk.core.measure.seat_time import Clocked, clocked
from pactdesk.core.units.instants import Instant, zone_named


def clock_facts(contract: Contract, since: Instant, *, shares: bool) -> list[RecordedFact]:
    """The facts of clocks since then that count, of a contract in the open scope.

    shares  also how time was divided, from the beginning: what was said once holds on
    """
    wanted = Q(kind=FactKind.ATTENDANCE.value, occurred_at_ms__gte=since)
    if shares:
        wanted |= Q(kind=FactKind.ASSIGNMENT.value)
    rows = FactRow.objects.filter(wanted, contract_id=contract.pk)
    keys = set(rows.values_list("source", "event_id"))
    index, versions = index_of(contract.pk, zone_named(contract.zone), keys)
    return [one.fact() for one in versions if index.counts(one.key, one.content)]


def clocks_since(contract: Contract, since: Instant) -> Mapping[str, Clocked]:
    """Agent, as facts call them → times at work since then."""
    return clocked(clock_facts(contract, since, shares=True))
