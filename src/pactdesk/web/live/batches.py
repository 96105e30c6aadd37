"""Messages in: those that arrive while others are being written share the next commit.

One queue for each scope: the customers of one contract, whose common scope is exactly their
conversations, or one agent. What a batch does to the database is `posting.planned`, as on the
pages. Each message is answered after the commit. A batch that the database refuses is tried again
one by one, so that nobody pays for somebody else's message; one whose connection broke is tried
once more, which is safe even if it was committed: its keys are known then.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from psycopg import Error, OperationalError

from pactdesk.apps.conversations.hands import check_serves
from pactdesk.apps.conversations.posting import (
    VERB,
    Plan,
    Post,
    Posted,
    hold_values,
    known_values,
    planned,
)
from pactdesk.apps.conversations.sql import HOLD, KEEP, KNOWN
from pactdesk.apps.evidence.sql import APPEND_FACT
from pactdesk.apps.evidence.values import append_values
from pactdesk.apps.parties.errors import NotAdmitted
from pactdesk.apps.parties.scoping import ENTER_SCOPE
from pactdesk.apps.walls.scope import SET_SCOPE, Scope, scope_from
from pactdesk.core.units.errors import PactError
from pactdesk.web.live.contracts import Memory
from pactdesk.web.live.database import Connection, Database, transaction
from pactdesk.web.live.errors import DayIsSealed, DoorBusy
from pactdesk.web.live.events import Written
from pactdesk.web.live.hub import Hub
from pactdesk.web.live.metrics import Metrics
from pactdesk.web.live.notices import Bell

MOST_IN_A_BATCH = 64
ENOUGH, GATHER_SECONDS = 8, 0.003
"""Fewer wait that long for others: a transaction costs much the same for one message as for ten."""
MOST_WAITING = 5_000

_SEALED = "PD001"
Lane = tuple[UUID, UUID | None]
"""The contract; the person, nobody for customers. One batch at a time, so what is written to a
conversation stays in order."""


@dataclass(slots=True)
class Arrival:
    """A message that waits to be written.

    body  its text, for whoever listens
    name  the agent's
    """

    post: Post
    body: str
    name: str
    done: asyncio.Future[Posted]
    since: float = field(default_factory=time.perf_counter)

    def settle(self, outcome: Posted | Exception) -> None:
        """Answer it, unless its sender has gone."""
        if self.done.done():
            return
        if isinstance(outcome, Exception):
            self.done.set_exception(outcome)
        else:
            self.done.set_result(outcome)


class Batches:
    """The queues of one door."""

    def __init__(
        self, database: Database, memory: Memory, hub: Hub, bell: Bell, metrics: Metrics
    ) -> None:
        self.database, self.memory, self.hub = database, memory, hub
        self.bell, self.metrics = bell, metrics
        self._waiting: dict[Lane, list[Arrival]] = {}
        self._working: set[asyncio.Task[None]] = set()
        self._count = 0

    async def post(self, contract: UUID, post: Post, body: str, name: str = "") -> Posted:
        """Write one message; returns when it is durable.

        raises  ConversationUnknown, ConversationNotInState, NotAllowed, NotAdmitted,
                DayIsSealed, DoorBusy
        """
        if self._count >= MOST_WAITING:
            raise DoorBusy(seconds=1)
        arrival = Arrival(post, body, name, asyncio.get_running_loop().create_future())
        lane = (contract, post.by.person)
        self._count += 1
        try:
            waiting = self._waiting.get(lane)
            if waiting is None:
                self._waiting[lane] = [arrival]
                task = asyncio.create_task(self._work(lane))
                self._working.add(task)
                task.add_done_callback(self._working.discard)
            else:
                waiting.append(arrival)
            posted = await arrival.done
        finally:
            self._count -= 1
        self.metrics.durable.observe(time.perf_counter() - arrival.since)
        return posted

    async def finish(self) -> None:
        """Wait until all that has arrived is written."""
        while self._working:
            await asyncio.wait(self._working)

    async def _work(self, lane: Lane) -> None:
        """Write what waits in a lane until nothing does."""
        await asyncio.sleep(0)  # whoever arrived in the same tick comes along
        while self._waiting[lane]:
            if len(self._waiting[lane]) < ENOUGH:
                await asyncio.sleep(GATHER_SECONDS)
            waiting = self._waiting[lane]
            batch, self._waiting[lane] = waiting[:MOST_IN_A_BATCH], waiting[MOST_IN_A_BATCH:]
            await self._settle(lane, batch)
        del self._waiting[lane]

    async def _settle(self, lane: Lane, batch: list[Arrival]) -> None:
        try:
            outcomes = await self._written(lane, batch)
        except Exception as problem:
            if len(batch) > 1 and not isinstance(problem, DoorBusy):
                for arrival in batch:
                    await self._settle(lane, [arrival])
                return
            batch[0].settle(_told(problem))
            for arrival in batch[1:]:
                arrival.settle(_told(problem))
            return
        self.metrics.batch.observe(len(batch))
        for arrival, outcome in zip(batch, outcomes, strict=True):
            arrival.settle(outcome)

    async def _written(self, lane: Lane, batch: list[Arrival]) -> Sequence[Posted | PactError]:
        try:
            return await self._once(lane, batch)
        except OperationalError as problem:
            if _is_sealed(problem):
                raise
        try:
            return await self._once(lane, batch)
        except OperationalError:
            raise DoorBusy(seconds=1) from None

    async def _once(self, lane: Lane, batch: list[Arrival]) -> Sequence[Posted | PactError]:
        contract, person = lane
        posts = [arrival.post for arrival in batch]
        means = await self.memory.contracts.get(contract)
        async with self.database.connection() as connection:
            plan, times = await self._transaction(connection, contract, person, posts, means.code)
        if plan.kept:
            self._tell(contract, plan, times, {each.post.id: each for each in batch})
        return plan.outcomes

    async def _transaction(
        self,
        connection: Connection,
        contract: UUID,
        person: UUID | None,
        posts: Sequence[Post],
        code: str,
    ) -> tuple[Plan, dict[UUID, int]]:
        """Two round trips, the second one with the commit."""
        async with transaction(connection):
            if person is None:
                scope = customers(contract, posts)
                entered = await connection.execute(SET_SCOPE, [scope.to_text()])
            else:
                entered = await connection.execute(ENTER_SCOPE, [person])
            holding = await connection.execute(HOLD, hold_values(posts, contract))
            knowing = await connection.execute(KNOWN, known_values(posts, contract))
            # The last one first: asking for it fetches them all.
            known, held = await knowing.fetchall(), await holding.fetchall()
            told = await entered.fetchone()
            if person is not None:
                if told is None or told[0] is None:
                    raise NotAdmitted(person=person)
                scope = scope_from(told[0])
                check_serves(scope, contract, VERB)
            plan = planned(posts, held, known, code)
            if not plan.kept:
                return plan, {}
            keeping = await connection.execute(KEEP, plan.values(scope, contract))
            for fact in plan.facts:
                await connection.execute(APPEND_FACT, append_values(contract, code, fact))
        times: dict[UUID, int] = dict(await keeping.fetchall())
        return plan, times

    def _tell(
        self, contract: UUID, plan: Plan, times: dict[UUID, int], by_id: dict[UUID, Arrival]
    ) -> None:
        """Tell whoever listens here, and ring for the other doors."""
        for post, sequence in plan.kept:
            arrival = by_id[post.id]
            written = Written(
                id=post.id,
                contract=contract,
                conversation=post.conversation,
                sequence=sequence,
                author=post.by.kind.value,
                name=arrival.name or None,
                body=arrival.body,
                at_ms=post.at,
                recorded_ms=times[post.id],
            )
            self.hub.written(written, plan.before[post.conversation])
        if plan.states_changed:
            self.hub.look(contract)
        self.bell.ring(contract)


def customers(contract: UUID, posts: Sequence[Post]) -> Scope:
    """The scope of customers who write at once: their conversations, each checked at the door."""
    theirs = frozenset(post.conversation for post in posts)
    return Scope(contracts={contract: frozenset()}, conversations=theirs)


def _is_sealed(problem: BaseException) -> bool:
    return isinstance(problem, Error) and problem.sqlstate == _SEALED


def _told(problem: Exception) -> Exception:
    if _is_sealed(problem):
        return DayIsSealed()
    return DoorBusy(seconds=1) if isinstance(problem, OperationalError) else problem
