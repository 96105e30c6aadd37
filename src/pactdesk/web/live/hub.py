"""Who listens in this door, and what they are told: in order, each thing once.

Of each conversation, messages go out by sequence without a gap. What this door wrote is told at
once; where the next one is missing (another process wrote it, or it is still on its way here) the
table is read, which, a number being given only after the one before is committed, has no gaps.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterable
from uuid import UUID

import msgspec
from psycopg import Error

from pactdesk.core.units.errors import PactError

log = logging.getLogger("pactdesk.live")

MOST_UNREAD = 400
"""Events that a stream may be behind; then it is cut off."""
MOST_REMEMBERED = 50_000
WINDOW_MS = 10_000
"""How long a transaction may take from its clock to its commit."""

_write = msgspec.json.Encoder().encode


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it is told."""

    id: UUID
    conversation: UUID
    contract: UUID
    sequence: int
    author: str
    name: str | None
    body: str
    picture: dict[str, object] | None = None
    at_ms: int
    recorded_ms: int


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation's state as it is told."""

    conversation: UUID
    contract: UUID
    code: str
    state: str
    wait_reason: str | None
    closed_at_ms: int | None
    opened_ms: int
    changed_ms: int


def event(name: str, data: object, number: int | None = None) -> bytes:
    """One event of a stream."""
    head = b"" if number is None else b"id: %d\n" % number
    return b"%bevent: %b\ndata: %b\n\n" % (head, name.encode(), _write(data))


def message_event(one: Written, number: int) -> bytes:
    """A message, with `number` as the event's id."""
    return event("message", one, number)


def state_event(one: Standing) -> bytes:
    """A state. It has no id: after a break, states are read with the page."""
    plain = ("conversation", "contract", "state", "wait_reason", "closed_at_ms")
    return event("state", {name: getattr(one, name) for name in plain})


def opened_event(one: Standing) -> bytes:
    """A conversation that is new."""
    plain = ("conversation", "contract", "code")
    return event("opened", {name: getattr(one, name) for name in plain})


class Listener:
    """One stream's end in the hub: what it has still to send, and whether it is to end."""

    __slots__ = ("_waiter", "after", "contracts", "conversation", "ended", "stuck", "unread")

    def __init__(
        self, contracts: frozenset[UUID], conversation: UUID | None = None, after: int = 0
    ) -> None:
        self.contracts, self.conversation = contracts, conversation
        self.after = after
        self.unread: deque[bytes | Written] = deque()
        self.ended = ""
        self.stuck: asyncio.Task[None] | None = None
        self._waiter: asyncio.Future[None] | None = None

    def tell(self, what: bytes | Written) -> None:
        """Something to send; too much unsent ends the stream."""
        if self.ended:
            return
        if len(self.unread) >= MOST_UNREAD:
            self.end("slow")
            return
        self.unread.append(what)
        self.wake()

    def end(self, why: str) -> None:
        """End the stream."""
        if not self.ended:
            self.ended = why
            self.unread.clear()
            self.wake()
            if self.stuck is not None:
                self.stuck.cancel()

    def wake(self) -> None:
        """Let `wait` return."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def wait(self) -> None:
        """Until there is something to send, or the stream is to end."""
        if self.unread or self.ended:
            return
        self._waiter = asyncio.get_running_loop().create_future()
        await self._waiter
        self._waiter = None


ReadMessages = Callable[[UUID, UUID | None, int, int], Awaitable[list[Written]]]
"""(contract, conversation or all, after this sequence, recorded since) → messages in order."""
ReadStates = Callable[[UUID, int], Awaitable[list[Standing]]]
"""(contract, changed since) → conversations in the order of their changes."""


class Hub:
    """All that listen in this door."""

    def __init__(
        self, messages: ReadMessages, states: ReadStates, now_ms: Callable[[], int]
    ) -> None:
        self._read_messages, self._read_states, self._now = messages, states, now_ms
        self._agents: defaultdict[UUID, set[Listener]] = defaultdict(set)
        self._customers: defaultdict[UUID, set[Listener]] = defaultdict(set)
        self._watched: defaultdict[UUID, int] = defaultdict(int)
        # conversation → the last sequence that was told here
        self._last: dict[UUID, int] = {}
        self._states: dict[UUID, tuple[str, str | None]] = {}
        self._since: dict[UUID, int] = {}
        self._dirty: dict[tuple[UUID, UUID | None], None] = {}
        self._wanted = asyncio.Event()

    @property
    def listeners(self) -> list[Listener]:
        """Everybody."""
        everybody = set[Listener]().union(*self._agents.values(), *self._customers.values())
        return list(everybody)

    def add(self, one: Listener) -> None:
        """Let somebody listen."""
        for contract in one.contracts:
            if not self._watched[contract]:
                self._since[contract] = self._now() - WINDOW_MS
            self._watched[contract] += 1
            if one.conversation is None:
                self._agents[contract].add(one)
        if one.conversation is not None:
            self._customers[one.conversation].add(one)

    def remove(self, one: Listener) -> None:
        """Somebody has gone."""
        for contract in one.contracts:
            self._watched[contract] -= 1
            if not self._watched[contract]:
                del self._watched[contract]
                self._since.pop(contract, None)
            if one.conversation is None:
                self._agents[contract].discard(one)
        if one.conversation is not None:
            self._customers[one.conversation].discard(one)
            if not self._customers[one.conversation]:
                del self._customers[one.conversation]

    def written(self, one: Written, before: int) -> None:
        """This door wrote a message, to a conversation that had `before` when its batch began."""
        if one.contract not in self._watched:
            return
        last = self._last.get(one.conversation)
        if last is None and before == 0:
            last = self._last[one.conversation] = 0
        if last is not None and one.sequence == last + 1:
            self._deliver(one)
        elif last is None or one.sequence > last:
            self.look(one.contract, one.conversation)

    def typing(self, contract: UUID, conversation: UUID, who: str, name: str | None) -> None:
        """Somebody is writing; told to the other side."""
        told = event("typing", {"conversation": conversation, "who": who, "name": name})
        side = self._agents.get(contract) if who == "customer" else None
        for one in side or () if who == "customer" else self._customers.get(conversation, ()):
            one.tell(told)

    def look(self, contract: UUID, conversation: UUID | None = None) -> None:
        """Something is new; read it soon."""
        if contract in self._watched:
            self._dirty[contract, conversation] = None
            self._wanted.set()

    def look_everywhere(self) -> None:
        """Anything may be new."""
        for contract in list(self._watched):
            self.look(contract)

    async def run(self) -> None:
        """Read what is new, until cancelled."""
        while True:
            await self._wanted.wait()
            # Bells ring close together; one look answers them all.
            await asyncio.sleep(0.002)
            self._wanted.clear()
            todo, self._dirty = self._dirty, {}
            for contract, conversation in todo:
                if contract not in self._watched:
                    continue
                try:
                    await self._look(contract, conversation)
                except (Error, PactError, OSError) as problem:
                    log.warning("could not read what is new: %s", type(problem).__name__)
                    self._dirty[contract, conversation] = None
                    asyncio.get_running_loop().call_later(0.5, self._wanted.set)

    async def _look(self, contract: UUID, conversation: UUID | None) -> None:
        if conversation is not None:
            last = self._last.get(conversation)
            since = 0 if last is not None else self._now() - WINDOW_MS
            self._take(await self._read_messages(contract, conversation, last or 0, since))
            return
        since = self._since.get(contract, self._now()) - WINDOW_MS
        states = await self._read_states(contract, since)
        messages = await self._read_messages(contract, None, 0, since)
        self._tell_states(states, opened=True)
        self._take(messages)
        self._tell_states(states, opened=False)
        newest = max(
            [one.recorded_ms for one in messages] + [one.changed_ms for one in states],
            default=0,
        )
        if contract in self._watched:
            self._since[contract] = max(self._since.get(contract, 0), newest)

    def _take(self, messages: Iterable[Written]) -> None:
        """Messages from the table: those of each conversation in order."""
        gaps: dict[UUID, UUID] = {}
        for one in sorted(messages, key=lambda each: each.sequence):
            last = self._last.get(one.conversation)
            if last is None or one.sequence == last + 1:
                self._deliver(one)
            elif one.sequence > last + 1:
                gaps[one.conversation] = one.contract
        for conversation, contract in gaps.items():
            self.look(contract, conversation)

    def _deliver(self, one: Written) -> None:
        if len(self._last) > MOST_REMEMBERED:
            self._last.clear()
        self._last[one.conversation] = one.sequence
        listening = self._agents.get(one.contract)
        if listening:
            told = message_event(one, one.recorded_ms)
            for agent in tuple(listening):
                agent.tell(told)
        for customer in tuple(self._customers.get(one.conversation, ())):
            customer.tell(one)

    def _tell_states(self, states: Iterable[Standing], *, opened: bool) -> None:
        if len(self._states) > MOST_REMEMBERED:
            self._states.clear()
        for one in states:
            now = (one.state, one.wait_reason)
            known = self._states.get(one.conversation)
            if opened and known is None and one.opened_ms >= self._now() - 6 * WINDOW_MS:
                self._states[one.conversation] = ("", None)
                told = opened_event(one)
                for agent in tuple(self._agents.get(one.contract, ())):
                    agent.tell(told)
            elif not opened and known != now:
                self._states[one.conversation] = now
                told = state_event(one)
                here = self._agents.get(one.contract, set()) | self._customers.get(
                    one.conversation, set()
                )
                for listener in here:
                    listener.tell(told)
