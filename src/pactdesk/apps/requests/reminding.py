"""Time that runs out: one letter when three quarters are used, one when it is over."""

from __future__ import annotations

from uuid import UUID

from pactdesk.apps.contracts.queries import contract_of, terms_of
from pactdesk.apps.requests.clocks import grid_of, running
from pactdesk.apps.requests.kinds import State
from pactdesk.apps.requests.models import Request
from pactdesk.apps.requests.telling import tell_party
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.names import Party
from pactdesk.core.units.instants import Instant, local_day, zone_named
from pactdesk.documents.explain.held import held_on

SOON, OVERDUE = "soon", "overdue"


def remind(scope: Scope, contract: UUID, at: Instant) -> int:
    """Leave the letters that are due at `at`, each once a round; how many. A job's work."""
    rows = Request.objects.select_for_update(skip_locked=True)
    waiting = rows.filter(contract_id=contract, state=State.OPEN.value, awaits__isnull=False)
    for asked in waiting.filter(due_at_ms__isnull=True):
        _reckon(scope, asked)
    told = 0
    for asked in waiting.filter(overdue_told_at_ms__isnull=True, due_at_ms__lt=at):
        asked.overdue_told_at_ms, asked.warned_at_ms = at, asked.warned_at_ms or at
        asked.save(update_fields=["overdue_told_at_ms", "warned_at_ms"])
        for party in Party:
            tell_party(scope, asked, OVERDUE, party)
        told += 1
    for asked in waiting.filter(warned_at_ms__isnull=True, warn_at_ms__lte=at):
        asked.warned_at_ms = at
        asked.save(update_fields=["warned_at_ms"])
        tell_party(scope, asked, SOON, Party(asked.awaits))
        told += 1
    return told


def _reckon(scope: Scope, asked: Request) -> None:
    """When it was asked, a calendar that its clock needs was not published; now it may be."""
    stored = contract_of(scope, asked.contract_id)
    start = Instant(asked.runs_from_ms)
    day = local_day(start, zone_named(stored.zone))
    terms = held_on(terms_of(scope, asked.contract_id, day), day)
    clock = running(grid_of(terms, day), start, asked.budget_ms)
    if clock.due_at is not None:
        asked.warn_at_ms, asked.due_at_ms = clock.warn_at, clock.due_at
        asked.save(update_fields=["warn_at_ms", "due_at_ms"])
