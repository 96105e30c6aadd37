"""Evidence: the chain of sealed days, what contradicts itself, what came late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render

from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.evidence.queries import (
    LateFact,
    checkpoints_of,
    database_time,
    recorded_late,
)
from pactdesk.apps.statements.papers import last_checkpoint
from pactdesk.core.facts.log import Conflict
from pactdesk.core.settle.month import contested
from pactdesk.core.units.instants import Instant, zone_named
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.access import contract_read_by, for_readers
from pactdesk.web.portal.files import attachment
from pactdesk.web.portal.said import second_text
from pactdesk.web.portal.tabs import tabs_of, trail

CHECKPOINT_FILE = "last-checkpoint.json"

_SHOWN_DAYS = 31
_SHOWN_LATE = 20
_LOOKED_BACK_MS = timedelta(days=62) // timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class LateShown:
    """A fact that was recorded late."""

    event: str
    kind: str
    occurred: str
    recorded: str


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """An event told in several ways, none of them sealed."""

    event: str
    source: str
    versions: int


@for_readers
def evidence(request: PersonRequest, contract: UUID) -> HttpResponse:
    """What is sealed, and what is not right with it."""
    found = contract_read_by(request.scope, contract)
    zone = zone_named(found.zone)
    chain = checkpoints_of(contract)
    log = PostgresFactLog(contract, found.code, zone)
    since = Instant(database_time() - _LOOKED_BACK_MS)
    late_count, late = recorded_late(contract, zone, since, _SHOWN_LATE)
    shown = {
        "contract": found,
        "tabs": tabs_of(found, "evidence", request.scope),
        "trail": trail(),
        "chain": list(reversed(chain))[:_SHOWN_DAYS],
        "days": len(chain),
        "last": chain[-1] if chain else None,
        "sealed_facts": f"{sum(each.body.day_size for each in chain):,}",
        "conflicts": [_conflict(each) for each in contested(log)],
        "late": [_late(each, zone) for each in late],
        "late_count": late_count,
        "file": CHECKPOINT_FILE,
    }
    return render(request, "portal/evidence.html", shown)


@for_readers
def checkpoint(request: PersonRequest, contract: UUID) -> HttpResponse:
    """The latest checkpoint, for the other party to keep."""
    contract_read_by(request.scope, contract)
    content = last_checkpoint(request.scope, contract)
    if content is None:
        raise Http404
    return attachment(content, CHECKPOINT_FILE, "application/json")


def _conflict(conflict: Conflict) -> ConflictShown:
    return ConflictShown(conflict.event_id, conflict.source, len(conflict.versions))


def _late(fact: LateFact, zone: ZoneInfo) -> LateShown:
    return LateShown(
        fact.event_id,
        fact.kind,
        second_text(fact.occurred_at, zone),
        second_text(fact.recorded_at, zone),
    )
