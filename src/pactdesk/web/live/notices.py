"""The bell between doors and pages: `NOTIFY`, heard and rung on connections of their own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from psycopg import Error

from pactdesk.apps.conversations.waking import CHANNEL
from pactdesk.web.live.database import Connection, Database

log = logging.getLogger("pactdesk.live")

GATHER_SECONDS = 0.01
_RING = "SELECT pg_notify(%s, contract || ' ' || %s) FROM unnest(%s::text[]) AS rung (contract)"
_SHORTEST_WAIT, _LONGEST_WAIT = 0.05, 1.0


class Bell:
    """Rings for contracts under which this door wrote; at most once in ten milliseconds.

    A ring that cannot be rung is tried again; whoever did not hear one looks when they come back.
    """

    def __init__(self, database: Database, door: str) -> None:
        self.database, self.door = database, door
        self._rung: set[UUID] = set()
        self._wanted = asyncio.Event()

    def ring(self, contract: UUID) -> None:
        """Soon; the caller does not wait."""
        self._rung.add(contract)
        self._wanted.set()

    async def run(self) -> None:
        """Ring, until cancelled."""
        connection: Connection | None = None
        try:
            while True:
                await self._wanted.wait()
                await asyncio.sleep(GATHER_SECONDS)
                self._wanted.clear()
                rung, self._rung = self._rung, set()
                try:
                    if connection is None or connection.closed:
                        connection = await self.database.apart()
                    names = [str(one) for one in rung]
                    await connection.execute(_RING, [CHANNEL, self.door, names])
                except Error:
                    self._rung |= rung
                    self._wanted.set()
                    if connection is not None:
                        await connection.close()
                    await asyncio.sleep(_LONGEST_WAIT / 4)
        finally:
            if connection is not None:
                await connection.close()


async def listen(
    database: Database,
    door: str,
    heard: Callable[[UUID], None],
    back: Callable[[], None],
) -> None:
    """Hear the others' bells until cancelled.

    heard  something is new under that contract
    back   the line was broken, so anything may be new
    """
    wait = _SHORTEST_WAIT
    while True:
        connection: Connection | None = None
        try:
            connection = await database.apart()
            await connection.execute(f"LISTEN {CHANNEL}")
            wait = _SHORTEST_WAIT
            back()
            async for notice in connection.notifies():
                contract, _, ringer = notice.payload.partition(" ")
                if ringer != door:
                    with suppress(ValueError):
                        heard(UUID(contract))
        except Error as problem:
            log.warning("the line to the database broke: %s", type(problem).__name__)
        finally:
            if connection is not None:
                await connection.close()
        await asyncio.sleep(wait)
        wait = min(2 * wait, _LONGEST_WAIT)
