"""What listeners hear, whoever wrote it and however late bells ring: in order, without a gap."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.web.live import hub as hubs
from pactdesk.web.live.events import Recorded, Standing, Written
from pactdesk.web.live.hub import Hub
from pactdesk.web.live.listeners import MOST_UNREAD, Listener

CONTRACT = UUID(int=1)
CHATS = [UUID(int=100 + number) for number in range(3)]


@dataclass
class Table:
    """The messages of one contract, as a database would have them."""

    rows: list[Written] = field(default_factory=list)
    reads: int = 0

    def write(self, chat: UUID) -> Written:
        before = self.last(chat)
        made = Written(
            id=UUID(int=len(self.rows)), conversation=chat, contract=CONTRACT, sequence=before + 1,
            author="customer", name=None, body="在吗", at_ms=0, recorded_ms=len(self.rows),
        )  # fmt: skip
        self.rows.append(made)
        return made

    def last(self, chat: UUID) -> int:
        return max((one.sequence for one in self.rows if one.conversation == chat), default=0)

    async def going_on(self, contract: UUID) -> tuple[int, dict[UUID, int]]:
        assert contract == CONTRACT
        opened = [CHATS[0], *(one.conversation for one in self.rows)]  # the others come later
        found = len(self.rows), {chat: self.last(chat) for chat in opened}
        await asyncio.sleep(0)
        return found

    async def recorded(self, contract: UUID, since: int) -> list[Recorded]:
        assert contract == CONTRACT
        await asyncio.sleep(0)
        sequences = defaultdict(list)
        for one in self.rows:
            if one.recorded_ms >= since:
                sequences[one.conversation].append((one.sequence, one.recorded_ms))
        await asyncio.sleep(0)
        return [
            Recorded(chat, min(told)[0], max(told)[0], max(told)[1])
            for chat, told in sequences.items()
        ]

    async def messages(self, contract: UUID, after: Mapping[UUID, int]) -> list[Written]:
        assert contract == CONTRACT
        self.reads += 1
        found = [
            one
            for one in self.rows
            if one.conversation in after and one.sequence > after[one.conversation]
        ]
        await asyncio.sleep(0)
        return found

    async def states(self, contract: UUID, since: int) -> list[Standing]:  # noqa: ARG002
        return []


def sequences(told: list[bytes | Written]) -> list[int]:
    return [one.sequence for one in told if isinstance(one, Written)]


async def heard(hub: Hub, one: Listener, steps: int) -> list[bytes | Written]:
    """What has come, once the hub has had time to read what it wanted."""
    for _ in range(steps):
        await asyncio.sleep(0)
    return [] if one.idle else await one.take()


# Who writes to which conversation, whether a bell rings afterwards, and what else has its turn.
_WRITERS = st.sampled_from(["here", "late", "there"])
_WRITING = st.tuples(st.sampled_from(CHATS), _WRITERS, st.booleans(), st.integers(0, 6))


@pytest.fixture(autouse=True, scope="module")
def at_once() -> Iterator[None]:
    """Nobody waits for others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hubs, "GATHER_SECONDS", 0)
        yield


@given(before=st.lists(st.sampled_from(CHATS), max_size=6), writing=st.lists(_WRITING, max_size=30))
def test_everybody_hears_everything_once_and_in_order(
    before: list[UUID], writing: list[tuple[UUID, str, bool, int]]
) -> None:
    """`here` this door wrote it; `late` it did, but others were told first; `there` others did."""

    async def play() -> None:
        table = Table()
        for chat in before:
            table.write(chat)
        had = {chat: table.last(chat) for chat in CHATS}
        hub = Hub(table, lambda: 0)
        running = asyncio.create_task(hub.run())
        agent = Listener(frozenset([CONTRACT]))
        customers = [Listener(frozenset([CONTRACT]), chat, had[chat]) for chat in CHATS]
        for one in (agent, *customers):
            await hub.add(one)
        late = []
        for chat, who, rings, turns in writing:
            made = table.write(chat)
            if who == "here":
                hub.written(made, made.sequence - 1)
            elif who == "late":
                late.append(made)
            if rings:
                hub.look(CONTRACT)
            for _ in range(turns):
                await asyncio.sleep(0)
        for made in late:
            hub.written(made, made.sequence - 1)
        hub.look(CONTRACT)
        told: list[list[int]] = [[] for _ in CHATS]
        wanted = [list(range(had[chat] + 1, table.last(chat) + 1)) for chat in CHATS]
        async with asyncio.timeout(5):
            while told != wanted:
                await asyncio.sleep(0.001)
                for got, one in zip(told, customers, strict=True):
                    got += sequences(await heard(hub, one, 0))
        text = b"".join(part for part in await heard(hub, agent, 3) if isinstance(part, bytes))
        for chat, numbers in zip(CHATS, wanted, strict=True):
            name = f'"conversation":"{chat}"'.encode()
            mine = [line for line in text.split(b"\n") if name in line]
            found = [int(line.partition(b'"sequence":')[2].split(b",")[0]) for line in mine]
            assert found == numbers
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

    asyncio.run(play())


def test_what_is_written_while_somebody_begins_to_listen_is_told_once() -> None:
    async def play() -> None:
        table = Table()
        hub = Hub(table, lambda: 0)
        one = Listener(frozenset([CONTRACT]), CHATS[0])
        running = asyncio.create_task(hub.run())
        beginning = asyncio.create_task(hub.add(one))
        for _ in range(2):  # it has asked where everything stands, and not been answered yet
            await asyncio.sleep(0)
        assert not beginning.done()
        hub.written(table.write(CHATS[0]), 0)
        await beginning
        hub.written(table.write(CHATS[0]), 1)
        for _ in range(20):
            await asyncio.sleep(0)
        assert sequences(await one.take()) == [1, 2]
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

    asyncio.run(play())


def test_what_this_door_wrote_is_told_without_reading_even_where_much_was_said_before() -> None:
    async def play() -> None:
        table = Table()
        for _ in range(50):
            table.write(CHATS[0])
        hub = Hub(table, lambda: 0)
        one = Listener(frozenset([CONTRACT]), CHATS[0], 50)
        await hub.add(one)
        for _ in range(3):
            made = table.write(CHATS[0])
            hub.written(made, made.sequence - 1)
        assert sequences(await one.take()) == [51, 52, 53]
        assert table.reads == 0

    asyncio.run(play())


def test_what_others_wrote_to_many_conversations_is_read_at_once() -> None:
    async def play() -> None:
        table = Table()
        hub = Hub(table, lambda: 0)
        agent = Listener(frozenset([CONTRACT]))
        await hub.add(agent)
        running = asyncio.create_task(hub.run())
        for chat in CHATS:
            table.write(chat)
        hub.look(CONTRACT)
        async with asyncio.timeout(10):
            [told] = await agent.take()
        assert isinstance(told, bytes)
        assert told.count(b"event: message") == len(CHATS)
        assert table.reads == 1
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

    asyncio.run(play())


def test_a_stream_that_lies_too_far_behind_is_ended_and_holds_nothing_more() -> None:
    one = Listener(frozenset([CONTRACT]))
    for _ in range(2):
        one.tell(b"x" * (MOST_UNREAD // 2))
    assert not one.ended
    one.tell(b"x")
    assert (one.ended, one.idle) == ("slow", True)


def test_what_was_missed_comes_before_what_came_since() -> None:
    async def play() -> None:
        one = Listener(frozenset([CONTRACT]))
        one.tell(b"new")
        one.put_first([b"missed", b"missed, too"])
        assert await one.take() == [b"missed", b"missed, too", b"new"]

    asyncio.run(play())


def test_whose_contract_cannot_be_read_does_not_listen() -> None:
    class Away(Table):
        async def going_on(self, contract: UUID) -> tuple[int, dict[UUID, int]]:
            raise OSError(str(contract))

    async def play() -> None:
        hub = Hub(Away(), lambda: 0)
        one = Listener(frozenset([CONTRACT]))
        with suppress(OSError):
            await hub.add(one)
        assert hub.listeners == []

    asyncio.run(play())
