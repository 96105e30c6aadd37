"""What the door remembers of contracts, conversations, people and sites, so as not to ask again.

Nothing here lets anybody in: whose rows may be seen, each transaction's scope says.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from pactdesk.apps.contracts.errors import ContractUnknown
from pactdesk.apps.conversations.errors import SiteUnknown
from pactdesk.apps.walls.scope import Scope
from pactdesk.gateways.vault.data_keys import ContractKeys, Purpose, WrappedKey, open_keys
from pactdesk.gateways.vault.rereading import Vault
from pactdesk.gateways.vault.vault_keys import VaultKeys
from pactdesk.web.live.database import Database

K = TypeVar("K")
V = TypeVar("V")

_MOST = 20_000
_CODE = "SELECT code FROM contracts_contract WHERE id = %s"
_KEYS = """
SELECT id, wrapped FROM conversations_contentkey WHERE contract_id = %s AND purpose = 'content'
"""
_SITE = """
SELECT id, contract_id, name, origins, privacy_url FROM conversations_site WHERE public_key = %s
"""
_NAME = "SELECT name FROM parties_person WHERE id = %s"


class Remembered(Generic[K, V]):
    """Values that are looked up when they are not known, or known for too long."""

    def __init__(self, look_up: Callable[[K], Awaitable[V]], seconds: float) -> None:
        self.look_up, self.seconds = look_up, seconds
        self._known: dict[K, tuple[V, float]] = {}

    async def get(self, key: K) -> V:
        """The value; whatever the look-up raises."""
        known = self._known.get(key)
        now = time.monotonic()
        if known is not None and known[1] > now:
            return known[0]
        value = await self.look_up(key)
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[key] = (value, now + self.seconds)
        return value

    def forget(self, key: K) -> None:
        """Look it up next time."""
        self._known.pop(key, None)


@dataclass(frozen=True, slots=True)
class ContractMeans:
    """What writing and reading messages of a contract needs. `code` is what facts call it."""

    code: str
    keys: ContractKeys


@dataclass(frozen=True, slots=True)
class SiteSeen:
    """A shop that carries the chat window."""

    id: UUID
    contract: UUID
    name: str
    origins: frozenset[str]
    privacy_url: str = ""


class Memory:
    """All that one door remembers."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self.database, self._vault = database, vault
        self.contracts: Remembered[UUID, ContractMeans] = Remembered(self._contract, 60)
        self.sites: Remembered[str, SiteSeen] = Remembered(self._site, 30)
        self.names: Remembered[tuple[UUID, UUID], str] = Remembered(self._name, 300)

    @property
    def vault(self) -> VaultKeys:
        """The keys as they are now; they may be rotated while the door is open."""
        return self._vault()

    async def _contract(self, contract: UUID) -> ContractMeans:
        async with self.database.within(_of(contract)) as connection:
            found = await (await connection.execute(_CODE, [contract])).fetchone()
            rows = await (await connection.execute(_KEYS, [contract])).fetchall()
        if found is None:
            raise ContractUnknown(contract=contract)
        wrapped = [WrappedKey(key, contract, Purpose.CONTENT, bytes(box)) for key, box in rows]
        return ContractMeans(found[0], open_keys(contract, Purpose.CONTENT, wrapped, self.vault))

    async def _site(self, public_key: str) -> SiteSeen:
        row: tuple[Any, ...] | None = None
        if public_key and "\x00" not in public_key:
            async with self.database.within(Scope(site=public_key)) as connection:
                row = await (await connection.execute(_SITE, [public_key])).fetchone()
        if row is None:
            raise SiteUnknown(site=public_key)
        return SiteSeen(row[0], row[1], row[2], frozenset(row[3]), row[4])

    async def _name(self, who: tuple[UUID, UUID]) -> str:
        contract, person = who
        async with self.database.within(_of(contract)) as connection:
            row = await (await connection.execute(_NAME, [person])).fetchone()
        return row[0] if row else ""


def _of(contract: UUID) -> Scope:
    return Scope(contracts={contract: frozenset()})
