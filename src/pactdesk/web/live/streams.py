"""Events out: one stream for each browser that listens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from uuid import UUID

from psycopg import Error

from pactdesk.apps.parties.errors import NotAdmitted
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.units.errors import PactError
from pactdesk.web.live.events import Written, event, message_event
from pactdesk.web.live.http import Call
from pactdesk.web.live.hub import WINDOW_MS, Hub
from pactdesk.web.live.listeners import Listener
from pactdesk.web.live.metrics import Metrics
from pactdesk.web.live.reading import Reading, readable

PING = b": still here\n\n"
PING_SECONDS = 15.0
RIGHTS_SECONDS = 60.0
RETRY_MS = 1_000

_HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"access-control-allow-origin", b"*"),
)


class Streams:
    """All streams of one door."""

    def __init__(self, hub: Hub, reading: Reading, metrics: Metrics) -> None:
        self.hub, self.reading, self.metrics = hub, reading, metrics
        self._people: dict[Listener, UUID] = {}

    async def customer(self, call: Call, scope: Scope, conversation: UUID, after: int) -> None:
        """A customer's: their conversation, from `after` on."""
        one = Listener(frozenset(scope.contracts), conversation, after)

        async def missed() -> list[Written]:
            found: list[Written] = []
            while True:
                last = found[-1].sequence if found else one.after
                page = await self.reading.page(scope, conversation, last)
                found += page.messages
                if not page.messages or found[-1].sequence >= page.last_sequence:
                    return found

        await self.hub.add(one)
        try:
            one.put_first(await missed())
            await self._run(call, one, "customer", missed)
        finally:
            self.hub.remove(one)

    async def agent(self, call: Call, scope: Scope, since: int | None) -> None:
        """An agent's: everything that they may read; with `since`, from then on.

        It ends with its ticket, within minutes, so the audit is told of each hour.
        """
        await self.reading.note_inbox(scope)
        one = Listener(frozenset(readable(scope)))
        await self.hub.add(one)
        if scope.person:
            self._people[one] = scope.person
        try:
            if since is not None:
                told = await self.reading.since(scope, since - WINDOW_MS)
                one.put_first(message_event(message, message.recorded_ms) for message in told)
            await self._run(call, one, "agent", _nothing)
        finally:
            self._people.pop(one, None)
            self.hub.remove(one)

    async def ping(self) -> None:
        """Tell proxies and browsers that the lines stand, until cancelled.

        And look: should a bell have been rung in vain, this is how long it matters.
        """
        while True:
            await asyncio.sleep(PING_SECONDS)
            self.hub.look_everywhere()
            for one in self.hub.listeners:
                if one.idle:
                    one.tell(PING)

    async def watch_rights(self, every: float = RIGHTS_SECONDS) -> None:
        """End the streams of people whose rights have changed, until cancelled."""
        while True:
            await asyncio.sleep(every)
            people: dict[UUID, frozenset[UUID]] = {}
            with suppress(Error, OSError):  # the database is away: look again next time
                for person in set(self._people.values()):
                    try:
                        people[person] = frozenset(readable(await self.reading.scope_of(person)))
                    except NotAdmitted:
                        people[person] = frozenset()
            for one, person in list(self._people.items()):
                if person in people and people[person] != one.contracts:
                    one.end("rights")

    def end_all(self, why: str = "closing") -> None:
        """The door closes."""
        for one in self.hub.listeners:
            one.end(why)

    async def _run(self, call: Call, one: Listener, who: str, missed: Missed) -> None:
        """Send until somebody hangs up, or the stream is ended."""
        await call.send({"type": "http.response.start", "status": 200, "headers": list(_HEADERS)})
        hello = event("hello", {"now_ms": time.time_ns() // 1_000_000})
        one.put_first([b"retry: %d\n\n" % RETRY_MS + hello])
        watching = asyncio.ensure_future(_watch(call, one))
        gauge = self.metrics.streams.labels(who)
        gauge.inc()
        try:
            await _send(call, one, missed)
        except (PactError, Error, OSError):
            one.end("failed")  # they come back, and are told then what they missed
        finally:
            gauge.dec()
            watching.cancel()
            if one.ended != "gone":
                self.metrics.cut_off.labels(one.ended).inc()
        if one.ended == "slow":
            _hang_up(call)
        elif one.ended != "gone":
            await call.send({"type": "http.response.body", "body": b""})


Missed = Callable[[], Awaitable[list[Written]]]


async def _nothing() -> list[Written]:
    return []


async def _send(call: Call, one: Listener, missed: Missed) -> None:
    """What is unread, as much at a time as there is."""
    me = asyncio.current_task()
    while not one.ended:
        parts: list[bytes] = []
        for each in await one.take():
            parts += [each] if isinstance(each, bytes) else await _in_order(one, each, missed)
        if not parts:
            continue
        # A reader who takes nothing holds us here; only ending the stream gets us out.
        one.stuck = me
        try:
            await call.send(
                {"type": "http.response.body", "body": b"".join(parts), "more_body": True}
            )
        except asyncio.CancelledError:
            if not _has_ended(one) or me is None:
                raise
            me.uncancel()
        finally:
            one.stuck = None


def _has_ended(one: Listener) -> bool:
    """Asked anew: it can end while we wait."""
    return bool(one.ended)


async def _in_order(one: Listener, each: Written, missed: Missed) -> list[bytes]:
    """A customer's message, and those before it that did not come this way."""
    if each.sequence <= one.after:
        return []
    following = [each] if each.sequence == one.after + 1 else await missed()
    if following:
        one.after = following[-1].sequence
    return [message_event(message, message.sequence) for message in following]


async def _watch(call: Call, one: Listener) -> None:
    """End the stream when the other side has gone."""
    while (await call.receive())["type"] != "http.disconnect":
        pass
    one.end("gone")


def _hang_up(call: Call) -> None:
    """Drop the line of somebody who does not read, with what the server still holds for them."""
    transport = getattr(getattr(call.send, "__self__", None), "transport", None)
    if transport is not None:
        transport.abort()
