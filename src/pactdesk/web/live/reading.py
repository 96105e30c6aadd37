"""Reading for the door: messages and states, behind the wall, and limited once more in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pactdesk.apps.conversations.errors import ConversationUnknown
from pactdesk.apps.conversations.kinds import AuthorKind
from pactdesk.apps.conversations.picture_sql import PICTURES_OF
from pactdesk.apps.conversations.values import BODY
from pactdesk.apps.evidence.sql import DATABASE_TIME
from pactdesk.apps.walls.scope import Scope
from pactdesk.gateways.vault.data_keys import Place
from pactdesk.gateways.vault.errors import DataKeyMissing
from pactdesk.web.live.contracts import Memory
from pactdesk.web.live.database import Connection, Database
from pactdesk.web.live.events import Recorded, Standing, Written
from pactdesk.web.live.shown import Shown
from pactdesk.web.privacy import sees_personal_data

PAGE = 500

_COLUMNS = """
SELECT id, contract_id, conversation_id, sequence, author_kind, author_id, body_ciphertext,
    occurred_at_ms, recorded_at_ms
FROM conversations_message
"""
_OF_MANY = """
SELECT id, contract_id, conversation_id, sequence, author_kind, author_id, body_ciphertext,
    occurred_at_ms, recorded_at_ms
FROM unnest(%s::uuid[], %s::bigint[]) AS wanted (conversation, after)
CROSS JOIN LATERAL (
    SELECT * FROM conversations_message AS one
    WHERE one.conversation_id = wanted.conversation AND one.sequence > wanted.after
    OFFSET 0  -- one look into the index for each conversation, whatever the statistics say
) AS message
WHERE contract_id = %s ORDER BY recorded_at_ms, sequence
"""
_RECORDED = """
SELECT conversation_id, min(sequence), max(sequence), max(recorded_at_ms)
FROM conversations_message WHERE contract_id = %s AND recorded_at_ms >= %s GROUP BY 1
"""
_GOING_ON = """
SELECT id, last_sequence FROM conversations_conversation
WHERE contract_id = %s AND state <> 'closed'
"""
_AFTER = f"""
{_COLUMNS} WHERE conversation_id = %s AND contract_id = %s AND sequence > %s
ORDER BY sequence LIMIT %s
"""
_SINCE = f"""
{_COLUMNS} WHERE contract_id = ANY (%s::uuid[]) AND (recorded_at_ms, id) > (%s, %s::uuid)
ORDER BY recorded_at_ms, id LIMIT %s
"""
_STANDING = """
SELECT id, contract_id, code, state, wait_reason, closed_at_ms, opened_at_ms, changed_at_ms
FROM conversations_conversation
"""
_CHANGED = f"""
{_STANDING} WHERE contract_id = %s AND changed_at_ms >= %s ORDER BY changed_at_ms LIMIT 2000
"""
_ONE = f"""
SELECT standing.*, held.last_sequence FROM ({_STANDING}) AS standing
JOIN conversations_conversation AS held ON held.id = standing.id
WHERE standing.id = %s
"""  # noqa: S608  constants
_CONTRACT_OF = "SELECT contract_id FROM conversations_conversation WHERE id = %s"
_NO_ID = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Page:
    """A conversation as one of its sides reads it."""

    standing: Standing
    last_sequence: int
    messages: Sequence[Written]


class Reading:
    """What the door reads; every method opens the scope that it is given."""

    def __init__(self, database: Database, memory: Memory) -> None:
        self.database, self.memory = database, memory
        self.shown = Shown()
        self._contracts: dict[UUID, UUID] = {}

    async def scope_of(self, person: UUID) -> Scope:
        """What the person may see now; raises NotAdmitted."""
        async with self.database.scoped(person) as (_, scope):
            return scope

    async def contract_of(self, person: UUID, conversation: UUID) -> UUID:
        """The contract of a conversation that the person can see; raises ConversationUnknown.

        Remembered, for it never changes; whether they may do something there is asked each time.
        """
        known = self._contracts.get(conversation)
        if known is not None:
            return known
        async with self.database.scoped(person) as (connection, _):
            row = await (await connection.execute(_CONTRACT_OF, [conversation])).fetchone()
        if row is None:
            raise ConversationUnknown(conversation=conversation)
        if len(self._contracts) > 100_000:
            self._contracts.clear()
        contract: UUID = row[0]
        self._contracts[conversation] = contract
        return contract

    async def page(self, scope: Scope, conversation: UUID, after: int) -> Page:
        """The messages after one, at most `PAGE`; raises ConversationUnknown."""
        async with self.database.within(scope) as connection:
            row = await (await connection.execute(_ONE, [conversation])).fetchone()
            if row is None or row[1] not in readable(scope):
                raise ConversationUnknown(conversation=conversation)
            values = [conversation, row[1], after, PAGE]
            rows = await (await connection.execute(_AFTER, values)).fetchall()
            pictures = await _pictures(connection, rows)
            noted = await self.shown.conversation(connection, scope, row[1], conversation)
        self.shown.remember(noted)
        return Page(_standing(row), row[-1], await self._told(rows, pictures))

    async def going_on(self, contract: UUID) -> tuple[int, dict[UUID, int]]:
        """For the hub: the database's time, and where each conversation stands."""
        async with self.database.within(_of(contract)) as connection:
            now = await (await connection.execute(DATABASE_TIME)).fetchone()
            rows = await (await connection.execute(_GOING_ON, [contract])).fetchall()
        return now[0] if now else 0, dict(rows)

    async def recorded(self, contract: UUID, since: int) -> list[Recorded]:
        """For the hub: of which conversations messages were recorded since then."""
        async with self.database.within(_of(contract)) as connection:
            rows = await (await connection.execute(_RECORDED, [contract, since])).fetchall()
        return [Recorded(*row) for row in rows]

    async def messages(self, contract: UUID, after: Mapping[UUID, int]) -> list[Written]:
        """For the hub: the messages of these conversations after those, as they were recorded."""
        values = [list(after), list(after.values()), contract]
        async with self.database.within(_of(contract)) as connection:
            rows = await (await connection.execute(_OF_MANY, values)).fetchall()
            pictures = await _pictures(connection, rows)
        return await self._told(rows, pictures)

    async def since(self, scope: Scope, since: int) -> list[Written]:
        """Messages recorded since then in what the scope may read, by time of recording."""
        found: list[Written] = []
        last: tuple[int, UUID] = (since, _NO_ID)
        contracts = sorted(readable(scope))
        while contracts:
            async with self.database.within(scope) as connection:
                cursor = await connection.execute(_SINCE, [contracts, *last, PAGE])
                rows = await cursor.fetchall()
                pictures = await _pictures(connection, rows)
            found += await self._told(rows, pictures)
            if len(rows) < PAGE:
                break
            last = (rows[-1][8], rows[-1][0])
        return found

    async def note_inbox(self, scope: Scope) -> None:
        """Before an agent's stream begins."""
        async with self.database.within(scope) as connection:
            noted = await self.shown.inbox(connection, scope)
        self.shown.remember(noted)

    async def states(self, contract: UUID, since: int) -> list[Standing]:
        """For the hub: what changed since then."""
        async with self.database.within(_of(contract)) as connection:
            rows = await (await connection.execute(_CHANGED, [contract, since])).fetchall()
        return [_standing(row) for row in rows]

    async def _told(
        self, rows: Iterable[Sequence[Any]], pictures: dict[UUID, dict[str, object]]
    ) -> list[Written]:
        return [await self._one(row, pictures.get(row[0])) for row in rows]

    async def _one(self, row: Sequence[Any], picture: dict[str, object] | None) -> Written:
        number, contract, conversation, sequence, kind, author, locked, at, recorded = row
        return Written(
            id=number,
            contract=contract,
            conversation=conversation,
            sequence=sequence,
            author=kind,
            name=await self.name_of(contract, kind, author),
            body=await self._text(contract, number, bytes(locked)),
            picture=picture,
            at_ms=at,
            recorded_ms=recorded,
        )

    async def name_of(self, contract: UUID, kind: str, author: UUID | None) -> str | None:
        """An agent's name; nobody else has one."""
        if kind != AuthorKind.AGENT or author is None:
            return None
        return await self.memory.names.get((contract, author)) or None

    async def _text(self, contract: UUID, number: UUID, locked: bytes) -> str:
        place = Place(number, BODY)
        means = await self.memory.contracts.get(contract)
        try:
            return means.keys.decrypt(locked, place).decode()
        except DataKeyMissing:  # a key that is newer than what we remember
            self.memory.contracts.forget(contract)
            means = await self.memory.contracts.get(contract)
            return means.keys.decrypt(locked, place).decode()


def readable(scope: Scope) -> set[UUID]:
    """The contracts whose customers the scope's person talks to.

    Whoever else reads conversations gets them from the pages, masked and noted in the audit.
    """
    return {
        contract
        for contract in scope.contracts
        if scope.person is None or sees_personal_data(scope, contract)
    }


async def _pictures(
    connection: Connection, rows: Sequence[Sequence[Any]]
) -> dict[UUID, dict[str, object]]:
    if not rows:
        return {}
    values = [[row[0] for row in rows], list({row[1] for row in rows})]
    found = await (await connection.execute(PICTURES_OF, values)).fetchall()
    return {
        message: {"id": picture, "width": width, "height": height, "media_type": kind}
        for message, picture, width, height, kind in found
    }


def _of(contract: UUID) -> Scope:
    return Scope(contracts={contract: frozenset()})


def _standing(row: Sequence[Any]) -> Standing:
    number, contract, code, state, reason, closed, opened, changed = row[:8]
    return Standing(
        conversation=number,
        contract=contract,
        code=code,
        state=state,
        wait_reason=reason,
        closed_at_ms=closed,
        opened_ms=opened,
        changed_ms=changed,
    )
