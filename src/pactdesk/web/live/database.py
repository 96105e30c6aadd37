"""The door's connections: few, long-lived, each transaction in a scope.

Opened when they are wanted, so that a PostgreSQL that is back is found at once, and thrown away
when they broke.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from psycopg import AsyncConnection, Error, OperationalError
from psycopg.conninfo import make_conninfo
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

from pactdesk.apps.parties.errors import NotAdmitted
from pactdesk.apps.parties.scoping import ENTER_SCOPE
from pactdesk.apps.walls.scope import SET_SCOPE, Scope, scope_from
from pactdesk.core.units.errors import PactError

Connection = AsyncConnection[TupleRow]

CONNECT_SECONDS = 3
# Nobody waits for ever behind somebody who holds a conversation or a log.
_OPTIONS = "-c statement_timeout=15s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"


class Database:
    """Where the door reads and writes, as the role app."""

    def __init__(self, address: str, most: int = 10) -> None:
        self.address = address
        self._free: list[Connection] = []
        self._turn = asyncio.Semaphore(most)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """One for ourselves. One that broke is closed, and all others with it that are broken.

        raises  OperationalError
        """
        async with self._turn:
            one = await self._take()
            try:
                yield one
            except OperationalError:
                # The others lead to the same server, and may not know yet that it is gone.
                await one.close()
                await self.close()
                raise
            finally:
                if one.info.transaction_status is TransactionStatus.IDLE:
                    self._free.append(one)
                else:  # whatever it was in the middle of ends with it
                    await one.close()

    @asynccontextmanager
    async def within(self, scope: Scope) -> AsyncIterator[Connection]:
        """A transaction that sees the rows of `scope`."""
        async with self.connection() as one, transaction(one):
            await one.execute(SET_SCOPE, [scope.to_text()])
            yield one

    @asynccontextmanager
    async def scoped(self, person: object) -> AsyncIterator[tuple[Connection, Scope]]:
        """A transaction that sees what the person may see now; raises NotAdmitted."""
        async with self.connection() as one, transaction(one):
            found = await (await one.execute(ENTER_SCOPE, [person])).fetchone()
            if found is None or found[0] is None:
                raise NotAdmitted(person=person)
            yield one, scope_from(found[0])

    async def apart(self) -> Connection:
        """A connection beside the others, for listening and ringing; raises OperationalError."""
        return await AsyncConnection.connect(
            self.address,
            autocommit=True,
            connect_timeout=CONNECT_SECONDS,
            prepare_threshold=0,
            options=_OPTIONS,
        )

    async def close(self) -> None:
        """Close all that are free."""
        while self._free:
            await self._free.pop().close()

    async def _take(self) -> Connection:
        while self._free:
            one = self._free.pop()
            if not one.broken and not one.closed:
                return one
        return await self.apart()


@asynccontextmanager
async def transaction(one: Connection) -> AsyncIterator[None]:
    """A transaction in no more round trips than what is asked in it.

    psycopg's own waits for BEGIN and for COMMIT. Here both are sent along with the rest, and what
    went wrong in the database is raised at the end at the latest: until then nothing is certain.
    """
    try:
        async with one.pipeline():
            await one.execute("BEGIN")
            yield
            await one.execute("COMMIT")
    except (PactError, Error):
        if one.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
            await one.rollback()
        raise


def address_of(settings: dict[str, object]) -> str:
    """The address in one entry of Django's DATABASES."""
    options = settings.get("OPTIONS")
    return make_conninfo(
        host=str(settings["HOST"]),
        port=str(settings["PORT"]) or None,
        user=str(settings["USER"]),
        password=str(settings["PASSWORD"]) or None,
        dbname=str(settings["NAME"]),
        **(options if isinstance(options, dict) else {}),
    )


__all__ = ["Connection", "Database", "OperationalError", "address_of", "transaction"]
