"""What the audit is told of whom the door showed customers' words to: as on the pages, once for
each person, conversation (or, of a stream, contract) and hour."""

from __future__ import annotations

import time
from uuid import UUID

from pactdesk.apps.audit.actions import RECORD_EACH_ONCE, RECORD_ONCE
from pactdesk.apps.walls.scope import Scope
from pactdesk.web.live.database import Connection
from pactdesk.web.privacy import INBOX_SHOWN, SHOWN, entry_of, inbox_entries

_MOST = 100_000


class Shown:
    """Writes the entries, in the transaction of what is read; remembers those that stand."""

    def __init__(self) -> None:
        self._told: set[UUID] = set()

    async def conversation(
        self, connection: Connection, scope: Scope, contract: UUID, conversation: UUID
    ) -> set[UUID]:
        """A conversation's messages are shown; what a customer reads is their own, and told
        nobody. Returns what to `remember` after the commit."""
        if scope.person is None:
            return set()
        entry = entry_of(SHOWN, scope.person, conversation, _now_ms())
        if entry not in self._told:
            values = [entry, scope.person, scope.org, contract, SHOWN, conversation, "{}"]
            await connection.execute(RECORD_ONCE, values)
        return {entry}

    async def inbox(self, connection: Connection, scope: Scope) -> set[UUID]:
        """What comes under all their contracts is shown from now on; likewise."""
        entries = inbox_entries(scope, _now_ms())
        if not entries.keys() <= self._told:
            values = [scope.person, scope.org, INBOX_SHOWN, list(entries), list(entries.values())]
            await connection.execute(RECORD_EACH_ONCE, values)
        return set(entries)

    def remember(self, entries: set[UUID]) -> None:
        """They are committed, and need not be written again."""
        if len(self._told) >= _MOST:
            self._told.clear()
        self._told |= entries


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
