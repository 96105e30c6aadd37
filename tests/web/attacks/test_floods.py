"""Attacks on the live door by much at once: what somebody asks for holds nobody else up."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from starlette.types import Message

from tests.support.database import TestDatabase
from tests.support.doorway import Opening, ask
from tests.web.walls.conftest import SAID, Things
from tests.web.walls.test_every_route import AT, CUSTOMER, Ask, Asking, asking_at
from tests.web.walls.test_every_route import asking as asking
from tests.web.walls.test_every_route import (
    threads_keep_nothing_open as threads_keep_nothing_open,
)
from tests.web.walls.test_every_route import tickets as tickets

pytestmark = pytest.mark.requirement("C10")

STREAM = Opening("GET", "/v1/stream")
PICTURE = Opening("POST", f"{AT}/pictures")


def test_nobody_has_all_that_was_ever_said_read_to_them(
    asking: Ask, as_superuser: psycopg.Connection
) -> None:
    async def heard(at: Asking) -> bytes:
        return (await at.get(STREAM, "lead")).body

    async def look(at: Asking) -> None:
        assert SAID.encode() in await heard(at)
        as_superuser.execute("UPDATE conversations_message SET recorded_at_ms = 1000")
        assert SAID.encode() not in await heard(at)

    asking(look)


def test_a_shop_is_not_looked_at_without_end(
    desk: TestDatabase, tickets: dict[str, str], things: Things
) -> None:
    async def look(at: Asking) -> None:
        path = f"/v1/sites/{things.filled['public_key']}"
        found = [(await ask(at.app, "GET", path)).status for _ in range(400)]
        assert found[:300] == [200] * 300
        assert found.count(429) > 50
        nobodys = await ask(at.app, "GET", "/v1/sites/no-such-shop")
        assert nobodys.status == 429, "also what is not there is looked for in the database"

    asking_at(desk.address("pactdesk_app"), tickets, things, generosity=1)(look)


def test_pictures_that_come_slowly_hold_up_nobody_elses(asking: Ask) -> None:
    async def slowly(at: Asking) -> None:
        """The head of a request, and then nothing."""

        async def silent() -> Message:
            await asyncio.Event().wait()
            raise AssertionError

        async def nothing(_: Message) -> None: ...

        ticket, path = at.tickets[CUSTOMER], PICTURE.filled(at.things.filled)
        headers = {
            b"authorization": f"Bearer {ticket}".encode(),
            b"content-type": b"multipart/form-data; boundary=x",
        }
        told = {"type": "http", "method": "POST", "path": path, "query_string": b""}
        where = {"client": ("192.0.2.1", 1), "root_path": ""}
        await at.app({**told, **where, "headers": list(headers.items())}, silent, nothing)

    async def look(at: Asking) -> None:
        slow = [asyncio.create_task(slowly(at)) for _ in range(20)]
        await asyncio.sleep(0)
        assert (await at.get(PICTURE, CUSTOMER)).status == 429
        assert (await at.get(PICTURE, "agent")).status == 200
        for one in slow:
            one.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        assert (await at.get(PICTURE, CUSTOMER)).status == 200

    asking(look)
