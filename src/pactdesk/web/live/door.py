"""The live door: one ASGI application, made of its parts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import UUID, uuid4

from starlette.routing import BaseRoute, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from pactdesk.core.units.instants import Instant
from pactdesk.gateways.vault.rereading import Vault
from pactdesk.web.live.batches import Batches
from pactdesk.web.live.contracts import Memory
from pactdesk.web.live.database import Database
from pactdesk.web.live.errors import DoorPathUnknown
from pactdesk.web.live.http import Answer, Call, Endpoint, Handler
from pactdesk.web.live.hub import Hub
from pactdesk.web.live.limits import Buckets, Limits
from pactdesk.web.live.metrics import Metrics
from pactdesk.web.live.notices import Bell, listen
from pactdesk.web.live.reading import Reading
from pactdesk.web.live.sites import Threads
from pactdesk.web.live.streams import RIGHTS_SECONDS, Streams


class Door:
    """What the handlers of requests work with.

    pages_origin  where agents' pages come from
    """

    def __init__(
        self, address: str, vault: Vault, pages_origin: str, limits: Limits, rights: float
    ) -> None:
        self.pages_origin, self.rights = pages_origin, rights
        self.metrics = Metrics()
        self.database = Database(address)
        self.memory = Memory(self.database, vault)
        self.reading = Reading(self.database, self.memory)
        self.hub = Hub(self.reading, self.now)
        self.bell = Bell(self.database, uuid4().hex)
        self.batches = Batches(self.database, self.memory, self.hub, self.bell, self.metrics)
        self.streams = Streams(self.hub, self.reading, self.metrics)
        self.threads = Threads(vault)
        self.tickets = Buckets(limits.ticket)
        self.openings = Buckets(limits.opening)
        self.sites = Buckets(limits.site)
        self.looks = Buckets(limits.look)

    def now(self) -> Instant:
        """The clock."""
        return Instant(time.time_ns() // 1_000_000)

    def endpoint(self, **handlers: Handler) -> Endpoint:
        """What there is at a path: method → what answers."""
        return Endpoint(self.metrics, **handlers)

    @asynccontextmanager
    async def running(self, _: object = None) -> AsyncIterator[None]:
        """The work beside the requests; at the end, what has arrived is written."""
        listening = listen(self.database, self.bell.door, self.hub.look, self.hub.look_everywhere)
        works = (
            self.hub.run(),
            self.bell.run(),
            listening,
            self.streams.ping(),
            self.streams.watch_rights(self.rights),
        )
        tasks = [asyncio.create_task(work) for work in works]
        try:
            yield
        finally:
            self.streams.end_all()
            await self.batches.finish()
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task
            self.threads.close()
            await self.database.close()


class DoorApp(Router):
    """The application. Whoever serves it lets the streams end when it is asked to stop: a server
    waits for its answers to end before it tells the application that it closes."""

    def __init__(self, door: Door, routes: list[BaseRoute], unknown: ASGIApp) -> None:
        super().__init__(routes, redirect_slashes=False, default=unknown, lifespan=door.running)
        self.end_streams = door.streams.end_all


def make_door(
    address: str,
    vault: Vault,
    pages_origin: str = "",
    limits: Limits | None = None,
    rights_seconds: float = RIGHTS_SECONDS,
) -> DoorApp:
    """The application; Django must be set up.

    address         of the database, as the role app
    rights_seconds  how often it is looked whether the rights of who listens still stand
    """
    from pactdesk.web.live.routes import routes_of

    door = Door(address, vault, pages_origin, limits or Limits(), rights_seconds)
    routes: list[BaseRoute] = routes_of(door)
    nothing = door.endpoint()

    async def unknown(scope: Scope, receive: Receive, send: Send) -> None:
        call = Call(scope, receive, send)
        refused = nothing.refusal(DoorPathUnknown(path=scope["path"]), call.language)
        await call.answer(refused)

    return DoorApp(door, routes, unknown)


def uuid_in(call: Call, name: str) -> UUID:
    """An id of the path; the route lets nothing else in."""
    value = call.path[name]
    return value if isinstance(value, UUID) else UUID(str(value))


__all__ = ["Answer", "Door", "Route", "make_door", "uuid_in"]
