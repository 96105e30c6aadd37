"""What a chat window asks before anybody wrote, and what is rare: done as the pages do it.

Django's own actions, each in a thread with a connection of its own.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from django.db import DatabaseError, close_old_connections

from pactdesk.apps.contracts.errors import ContractUnknown, TermsNotYet
from pactdesk.apps.contracts.queries import contract_of, terms_of
from pactdesk.apps.conversations.actions import Means, Opening, open_conversation, rate
from pactdesk.apps.conversations.hands import CUSTOMER
from pactdesk.apps.conversations.recording import into_log
from pactdesk.apps.walls.scope import Scope, within
from pactdesk.core.facts.kinds import CaseType, Channel
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.units.instants import Instant, local_day, zone_named
from pactdesk.documents.explain.held import held_on
from pactdesk.gateways.vault.rereading import Vault
from pactdesk.messages.catalogue import LANGUAGES, text
from pactdesk.web.live.contracts import SiteSeen
from pactdesk.web.live.errors import DoorBusy
from pactdesk.web.live.hours import hours_text, opening

T = TypeVar("T")

_THREADS = 4


class Threads:
    """Django's part of the door."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="door")

    async def run(self, work: Callable[[], T]) -> T:
        """Do it in a thread; raises what it raises, and DoorBusy when the database is away."""

        def done() -> T:
            close_old_connections()
            try:
                return work()
            except DatabaseError:
                raise DoorBusy(seconds=1) from None
            finally:
                close_old_connections()

        return await asyncio.get_running_loop().run_in_executor(self._pool, done)

    def close(self) -> None:
        """Wait for what is being done."""
        self._pool.shutdown()

    async def open_conversation(
        self, site: SiteSeen, code: str, key: str, case_type: CaseType | None
    ) -> UUID:
        """A conversation of this shop, once for each key of a browser."""
        opening = Opening(site.id, sha256(key.encode(errors="replace")).hexdigest())
        means = self._means(site.contract, code)
        return await self.run(
            lambda: open_conversation(
                CUSTOMER,
                channel=Channel.CHAT,
                at=_now(),
                means=means,
                case_type=case_type,
                opening_of=opening,
            )
        )

    async def rate(
        self, contract: UUID, code: str, conversation: UUID, score: int, scale: int, key: str
    ) -> None:
        """A customer's rating, once for each key."""
        means = self._means(contract, code)
        await self.run(
            lambda: rate(
                conversation, CUSTOMER, score=score, scale=scale, key=key, at=_now(), means=means
            )
        )

    async def shop(self, site: SiteSeen) -> dict[str, object]:
        """What the chat window shows before anybody wrote."""
        return await self.run(lambda: _shop(site))

    def _means(self, contract: UUID, code: str) -> Means:
        return Means(contract, code, self.vault(), into_log(contract, code))


def _shop(site: SiteSeen) -> dict[str, object]:
    hours: ServiceHours | None = None
    zone = "Asia/Shanghai"
    with within(Scope(contracts={site.contract: frozenset()})) as scope:
        try:
            zone = contract_of(scope, site.contract).zone
            terms = terms_of(scope, site.contract)
            hours = held_on(terms, local_day(_now(), zone_named(zone))).optional(ServiceHours)
        except (ContractUnknown, TermsNotYet):
            pass
    opened, opens_at = (True, None) if hours is None else opening(hours, zone, _now())
    return {
        "merchant": site.name,
        "privacy_url": site.privacy_url or None,
        "languages": list(LANGUAGES),
        "open": opened,
        "hours_text": {one: hours_text(hours, one) for one in LANGUAGES},
        "opens_at_ms": opens_at,
        "zone": zone,
        "greeting": {one: text("live", "greeting", one, merchant=site.name) for one in LANGUAGES},
    }


def _now() -> Instant:
    return Instant(time.time_ns() // 1_000_000)
