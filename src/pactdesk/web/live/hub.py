"""Who listens in this door, and what they are told: in order, each thing once.

Of each conversation, messages go out by sequence without a gap. Before anybody is told anything
of a contract, the last sequences of its conversations are read. What this door wrote then is told
from memory; where the next one is missing (another process wrote it, or it is still on its way
here) the table is read, which, a number being given only after the one before is committed, has
no gaps.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from psycopg import Error

from pactdesk.core.units.errors import PactError
from pactdesk.web.live.events import (
    Recorded,
    Standing,
    Written,
    event,
    message_event,
    opened_event,
    state_event,
)
from pactdesk.web.live.listeners import Listener

log = logging.getLogger("pactdesk.live")

MOST_REMEMBERED = 50_000
GATHER_SECONDS = 0.002
"""Bells ring close together; one look answers them all."""
WINDOW_MS = 10_000
"""How long a transaction may take from its clock to its commit."""


class Tables(Protocol):
    """What the hub reads of the database."""

    async def going_on(self, contract: UUID) -> tuple[int, dict[UUID, int]]:
        """The database's time, and the last sequence of each conversation that is not closed."""

    async def recorded(self, contract: UUID, since: int) -> list[Recorded]:
        """Where messages were recorded since then."""

    async def messages(self, contract: UUID, after: Mapping[UUID, int]) -> list[Written]:
        """The messages of these conversations after those; of each one in order."""

    async def states(self, contract: UUID, since: int) -> list[Standing]:
        """Conversations that changed since then, in the order of their changes."""


@dataclass(slots=True, eq=False)
class Watch:
    """A contract under which somebody listens.

    since   what was recorded `WINDOW_MS` before it has been told
    last    conversation → the last sequence that was told here
    states  conversation → its state, as it was told here
    begun   the reading of `last`, which everybody who listens waits for
    unsent  what its agents are told next
    """

    since: int = 0
    begun: asyncio.Task[None] | None = None
    listeners: int = 0
    agents: set[Listener] = field(default_factory=set)
    last: dict[UUID, int] = field(default_factory=dict)
    states: dict[UUID, tuple[str, str | None]] = field(default_factory=dict)
    unsent: list[bytes] = field(default_factory=list)


class Hub:
    """All that listen in this door."""

    def __init__(self, tables: Tables, now_ms: Callable[[], int]) -> None:
        self._tables, self._now = tables, now_ms
        self._watched: dict[UUID, Watch] = {}
        self._customers: defaultdict[UUID, set[Listener]] = defaultdict(set)
        # contract → conversations of which messages are missing; `_rung`: anything may be new
        self._gaps: defaultdict[UUID, set[UUID]] = defaultdict(set)
        self._rung: set[UUID] = set()
        self._wanted = asyncio.Event()
        self._sending = False

    @property
    def listeners(self) -> list[Listener]:
        """Everybody."""
        agents = (watch.agents for watch in self._watched.values())
        return list(set[Listener]().union(*agents, *self._customers.values()))

    async def add(self, one: Listener) -> None:
        """Let somebody listen: they are told what is committed from when this returns on.

        raises  psycopg's errors; then they do not listen
        """
        for contract in one.contracts:
            watch = self._watched.get(contract)
            if watch is None:
                watch = self._watched[contract] = Watch()
            watch.listeners += 1
            if one.conversation is None:
                watch.agents.add(one)
        if one.conversation is not None:
            self._customers[one.conversation].add(one)
        try:
            for contract in one.contracts:
                await self._begin(contract)
        except BaseException:
            self.remove(one)
            raise

    def remove(self, one: Listener) -> None:
        """Somebody has gone."""
        for contract in one.contracts:
            watch = self._watched[contract]
            watch.agents.discard(one)
            watch.listeners -= 1
            if not watch.listeners:
                del self._watched[contract]
        if one.conversation is not None:
            self._customers[one.conversation].discard(one)
            if not self._customers[one.conversation]:
                del self._customers[one.conversation]

    def written(self, one: Written, before: int) -> None:
        """This door wrote a message, to a conversation that had `before` when its batch began."""
        watch = self._watched.get(one.contract)
        if watch is None:
            return
        last = watch.last.get(one.conversation, None if before else 0)
        if last is None:  # it goes on again, or another process began it
            self.look(one.contract)
        elif one.sequence == last + 1:
            self._deliver(watch, one)
        elif one.sequence > last:
            self._gaps[one.contract].add(one.conversation)
            self._wanted.set()

    def typing(self, contract: UUID, conversation: UUID, who: str, name: str | None) -> None:
        """Somebody is writing; told to the other side."""
        told = event("typing", {"conversation": conversation, "who": who, "name": name})
        if who != "customer":
            self._tell_customers(conversation, told)
        elif watch := self._watched.get(contract):
            self._tell_agents(watch, told)

    def look(self, contract: UUID) -> None:
        """Something is new; read it soon."""
        if contract in self._watched:
            self._rung.add(contract)
            self._wanted.set()

    def look_everywhere(self) -> None:
        """Anything may be new."""
        for contract in self._watched:
            self.look(contract)

    async def run(self) -> None:
        """Read what is new, until cancelled."""
        while True:
            await self._wanted.wait()
            await asyncio.sleep(GATHER_SECONDS)
            self._wanted.clear()
            gaps, self._gaps = self._gaps, defaultdict(set)
            rung, self._rung = self._rung, set()
            for contract in rung | gaps.keys():
                watch = self._watched.get(contract)
                if watch is None:
                    continue
                try:
                    await self._begin(contract)
                    if contract in rung:
                        await self._look(contract, watch, gaps[contract])
                    else:
                        await self._fill(contract, watch, gaps[contract])
                except (Error, PactError, OSError) as problem:
                    log.warning("could not read what is new: %s", type(problem).__name__)
                    self._rung.add(contract)
                    self._gaps[contract] |= gaps[contract]
                    asyncio.get_running_loop().call_later(0.5, self._wanted.set)

    async def _begin(self, contract: UUID) -> None:
        """Know where every conversation stands; once, however many wait for it."""
        watch = self._watched[contract]
        if watch.begun is None:
            watch.begun = asyncio.create_task(self._read_last(contract, watch))
        try:
            await asyncio.shield(watch.begun)
        except (Error, PactError, OSError):
            watch.begun = None  # whoever comes next tries again
            raise

    async def _read_last(self, contract: UUID, watch: Watch) -> None:
        watch.since, going_on = await self._tables.going_on(contract)
        for conversation, last in going_on.items():
            watch.last[conversation] = max(last, watch.last.get(conversation, 0))

    async def _forget_closed(self, contract: UUID, watch: Watch) -> None:
        _, going_on = await self._tables.going_on(contract)
        for conversation in watch.last.keys() - going_on.keys():
            del watch.last[conversation]

    async def _look(self, contract: UUID, watch: Watch, gaps: set[UUID]) -> None:
        if len(watch.last) > MOST_REMEMBERED:
            await self._forget_closed(contract, watch)
        since = watch.since - WINDOW_MS
        states = await self._tables.states(contract, since)
        found = await self._tables.recorded(contract, since)
        for one in found:
            if one.last > watch.last.setdefault(one.conversation, one.first - 1):
                gaps.add(one.conversation)
        self._tell_states(watch, states, opened=True)
        await self._fill(contract, watch, gaps)
        self._tell_states(watch, states, opened=False)
        times = [one.recorded_ms for one in found] + [one.changed_ms for one in states]
        watch.since = max([watch.since, *times])

    async def _fill(self, contract: UUID, watch: Watch, gaps: set[UUID]) -> None:
        """Tell what is missing, of all conversations at once."""
        if not gaps:
            return
        after = {one: watch.last.get(one, 0) for one in gaps}
        for one in await self._tables.messages(contract, after):
            if one.sequence == watch.last.get(one.conversation, 0) + 1:
                self._deliver(watch, one)

    def _deliver(self, watch: Watch, one: Written) -> None:
        watch.last[one.conversation] = one.sequence
        if watch.agents:
            self._tell_agents(watch, message_event(one, one.recorded_ms))
        self._tell_customers(one.conversation, one)

    def _tell_states(self, watch: Watch, states: Iterable[Standing], *, opened: bool) -> None:
        if len(watch.states) > MOST_REMEMBERED:
            watch.states.clear()
        for one in states:
            now = (one.state, one.wait_reason)
            known = watch.states.get(one.conversation)
            if opened and known is None and one.opened_ms >= self._now() - 6 * WINDOW_MS:
                watch.states[one.conversation] = ("", None)
                self._tell_agents(watch, opened_event(one))
            elif not opened and known != now:
                watch.states[one.conversation] = now
                told = state_event(one)
                self._tell_agents(watch, told)
                self._tell_customers(one.conversation, told)

    def _tell_customers(self, conversation: UUID, what: bytes | Written) -> None:
        for one in tuple(self._customers.get(conversation, ())):
            one.tell(what)

    def _tell_agents(self, watch: Watch, what: bytes) -> None:
        """All of them; what comes in the same tick, as a batch does, is joined, once for all."""
        if not watch.agents:
            return
        watch.unsent.append(what)
        if not self._sending:
            self._sending = True
            asyncio.get_running_loop().call_soon(self._send)

    def _send(self) -> None:
        self._sending = False
        for watch in self._watched.values():
            if watch.unsent:
                told = b"".join(watch.unsent)
                watch.unsent.clear()
                for one in tuple(watch.agents):
                    one.tell(told)
