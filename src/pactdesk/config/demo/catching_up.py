"""What happened at the demo's desk while it did not run.

Somebody who comes back after days or weeks finds a month without a gap: customers came all the
time, and what was going on when the desk was stopped has ended.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from pactdesk.apps.conversations.happened import facts_of
from pactdesk.apps.conversations.kinds import State
from pactdesk.apps.conversations.models import Conversation
from pactdesk.apps.evidence.queries import last_sealed, recorded_from_to
from pactdesk.apps.walls.scope import Scope, within
from pactdesk.config.demo.contracts import Agreed
from pactdesk.config.demo.founding import Ids
from pactdesk.config.demo.history import NINE_THIRTY_MS, THREE_MINUTES_MS, ended_by_desk, log_of
from pactdesk.config.demo.talks import talks_of
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.units.instants import Instant, day_start, local_day, zone_named

UNNOTICED_MS = 30 * 60 * 1000
"""A shorter rest of the desk is a quiet half-hour."""


def stood_still_since(agreed: Agreed, ids: Ids, now: Instant) -> Instant | None:
    """The last thing that is recorded, when that is long ago; nothing of a sealed day is later."""
    contract, zone = UUID(ids[f"contract.{agreed.client}"]), zone_named(agreed.contract.zone)
    with within(Scope(contracts={contract: frozenset()})):
        times, sealed = recorded_from_to(contract), last_sealed(contract)
    since = max(times, default=now)
    if sealed is not None:
        since = max(since, day_start(sealed + timedelta(days=1), zone))
    return since if now - since > UNNOTICED_MS else None


def end_what_was_open(agreed: Agreed, ids: Ids, since: Instant, now: Instant) -> None:
    """Next morning somebody saw to what was going on when the desk was stopped."""
    contract = UUID(ids[f"contract.{agreed.client}"])
    zone = zone_named(agreed.contract.zone)
    first = day_start(local_day(since, zone) + timedelta(days=1), zone) + NINE_THIRTY_MS
    with within(Scope(contracts={contract: frozenset()})):
        rows = Conversation.objects.filter(contract_id=contract).exclude(state=State.CLOSED)
        told: list[RecordedFact] = []
        for number, row in enumerate(rows.order_by("opened_at_ms")):
            at = Instant(first + number * THREE_MINUTES_MS)
            if at >= now:
                break
            [*talks] = talks_of(facts_of([row]).get(row.id, ()), {})
            for talk in talks:
                told += ended_by_desk(talk, agreed, at)
                row.state, row.wait_reason, row.closed_at_ms = State.CLOSED, None, at
                row.first_reply_at_ms = row.first_reply_at_ms or at
                row.save()
        log_of(agreed, contract).record(told)
