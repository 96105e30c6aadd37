"""Asker × address × answer of the live door: who gets at what, for every route, with no hole.

Everything in the addresses is 白塔's. The table is written by hand; a route that it does not know
fails here. Asked are everybody of the cast with a ticket as the desk's pages make it (also those
to whom the pages would give none), three customers, and somebody without any ticket.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connections

from tests.support.cast import PEOPLE, Cast
from tests.support.chats import Chats
from tests.support.database import TestDatabase
from tests.support.doorway import METHODS, Answered, Opening, ask, openings, paths
from tests.web.walls.conftest import PAPER, SAID, WROTE, Things, drawn
from tests.web.walls.test_every_page import no_wall as no_wall

if TYPE_CHECKING:  # models can be made only after Django is set up, which is after this is read
    from pactdesk.web.live.door import DoorApp

pytestmark = pytest.mark.requirement("A26", "A37", "C10")

CUSTOMER, BESIDE, ELSEWHERE, NOBODY = "customer", "another of 白塔", "customer of 青禾", "nobody"
ASKERS = (*sorted(PEOPLE), CUSTOMER, BESIDE, ELSEWHERE, NOBODY)
TALKING = frozenset({"lead", "agent", CUSTOMER})
"""Who takes part in 白塔's conversation."""

AT = "/v1/conversations/{conversation:uuid}"
PUBLIC = frozenset(ASKERS)
WITH_TICKET = PUBLIC - {NOBODY}

TABLE: dict[Opening, frozenset[str]] = {
    Opening("POST", f"{AT}/messages"): TALKING,
    Opening("GET", f"{AT}/messages"): TALKING,
    Opening("POST", f"{AT}/typing"): TALKING,
    Opening("POST", f"{AT}/rating"): frozenset({CUSTOMER}),
    Opening("POST", f"{AT}/pictures"): TALKING,
    Opening("GET", "/v1/pictures/{picture:uuid}"): TALKING,
    # Everybody hears what is theirs; that nobody hears more is looked at below.
    Opening("GET", "/v1/stream"): WITH_TICKET,
    Opening("POST", "/v1/conversations"): PUBLIC,
    Opening("GET", "/v1/sites/{key}"): PUBLIC,
    Opening("GET", "/health/live"): PUBLIC,
    Opening("GET", "/health/ready"): PUBLIC,
    Opening("GET", "/metrics"): PUBLIC,
}
_RATING, _WRITING = Opening("POST", f"{AT}/rating"), Opening("POST", f"{AT}/messages")
_PICTURING = Opening("POST", f"{AT}/pictures")
PART = frozenset({"finance", "manager_of_baita"})
"""Who has another role under 白塔's contract, and may know what there is."""


class Asking(NamedTuple):
    """An open door, with everybody's tickets."""

    app: DoorApp
    tickets: Mapping[str, str]
    things: Things

    async def get(self, opening: Opening, asker: str, ticket: str | None = None) -> Answered:
        """What the asker is answered."""
        shown = self.tickets[asker] if ticket is None else ticket
        told = self.things.filled | {
            "picture": self.things.filled["number"],
            "key": self.things.filled["public_key"],
        }
        body, headers = sent(opening, self.things)
        stream = {"ticket": shown, "since": "1"} if opening.path == "/v1/stream" else {}
        return await ask(
            self.app,
            opening.method,
            opening.filled(told),
            ticket=shown,
            query=stream,
            body=body,
            headers=headers,
        )


def sent(opening: Opening, things: Things) -> tuple[bytes, dict[str, str]]:
    """A body that the address takes, with its headers."""
    if opening.path.endswith("/pictures"):
        form = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
        parts = form % (b"key", b"", uuid4().hex.encode())
        parts += form % (b"file", b'; filename="a.png"', drawn())
        return parts + b"--x--\r\n", {"content-type": "multipart/form-data; boundary=x"}
    plain = {"body": "也在", "key": uuid4().hex, "score": 5, "site": things.filled["public_key"]}
    return json.dumps(plain).encode(), {}


Answers = list[tuple[Opening, str, Answered]]
Work = Callable[[Asking], Awaitable[object]]
Ask = Callable[[Work], None]


@pytest.fixture(autouse=True)
def threads_keep_nothing_open(desk: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """The door's threads end with it, here more than once in a process."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)


@pytest.fixture
def tickets(things: Things, cast: Cast) -> dict[str, str]:
    """Everybody's, as they really get them; and of people to whom the pages give none."""
    from pactdesk.core.units.instants import Instant
    from pactdesk.web.live.tickets import agent_ticket, customer_token

    chats, now = Chats(cast), Instant(time.time_ns() // 1_000_000 - 500)
    shop, baita = things.filled["public_key"], cast.contract_baita
    customers = {
        CUSTOMER: (UUID(things.filled["conversation"]), baita, shop),
        BESIDE: (chats.opened("baita", now, "隔壁的顾客"), baita, shop),
        ELSEWHERE: (chats.opened("qinghe", now, "别家的顾客"), cast.contract_qinghe, ""),
    }
    made = {name: agent_ticket(cast[name]) for name in PEOPLE}
    made |= {name: customer_token(*of) for name, of in customers.items()}
    return made | {NOBODY: ""}


def asking_at(
    address: str, tickets: Mapping[str, str], things: Things, generosity: float = 1000
) -> Ask:
    """Opens a door on that database for what is asked of it."""

    def asking(work: Work) -> None:
        from pactdesk.gateways.vault.rereading import vault_of
        from pactdesk.web.live.door import make_door
        from pactdesk.web.live.limits import Limits

        async def open_door() -> None:
            app = make_door(address, vault_of(os.environ), limits=Limits().times(generosity))
            async with app.lifespan_context(app):
                await work(Asking(app, tickets, things))

        asyncio.run(open_door())

    return asking


@pytest.fixture
def asking(desk: TestDatabase, tickets: dict[str, str], things: Things) -> Ask:
    """A door as it is."""
    return asking_at(desk.address("pactdesk_app"), tickets, things)


def expected(opening: Opening, asker: str) -> int:
    """What the table says, as the first that stops them: no ticket, not theirs, not there."""
    if asker in TABLE[opening]:
        return 200
    if asker in (NOBODY, BESIDE, ELSEWHERE) and opening.path != "/v1/pictures/{picture:uuid}":
        return 401
    if asker == NOBODY:
        return 401
    # Ratings are the customers' alone, whoever's conversation it is.
    if opening == _RATING or (opening == _WRITING and asker in PART):
        return 403
    return 403 if (opening, asker) == (_PICTURING, "manager_of_baita") else 404


async def everything(at: Asking, askers: tuple[str, ...]) -> Answers:
    """What each of them is answered everywhere."""
    return [
        (opening, asker, await at.get(opening, asker))
        for opening in openings(at.app)
        for asker in askers
    ]


def differing(answers: Answers) -> list[str]:
    """Where the door does not keep to the table."""
    wrong = []
    for opening, asker, answer in answers:
        status = 200 if answer.status in (200, 201, 204) else answer.status
        if status != expected(opening, asker):
            wrong.append(f"{asker}: {opening}: {status}, not {expected(opening, asker)}")
    return wrong


def shown(answers: Answers) -> list[str]:
    """Where 白塔's words or pictures come out to whom they are not for."""
    secrets = [one.encode() for one in (SAID, WROTE, PAPER, "也在")] + [b"\x89PNG"]
    return [
        f"{asker}: {opening}"
        for opening, asker, answer in answers
        if asker in STRANGERS and any(secret in answer.body for secret in secrets)
    ]


STRANGERS = tuple(one for one in ASKERS if one not in TALKING)
OUTSIDE = tuple(one for one in STRANGERS if one not in PART)
"""The database's wall stands around contracts; what roles may do in one, the door says."""


def test_the_table_has_every_route_of_the_door(asking: Ask) -> None:
    async def look(at: Asking) -> None:
        assert set(openings(at.app)) == set(TABLE)

    asking(look)


def test_everybody_gets_at_the_door_exactly_what_is_theirs(
    asking: Ask, as_superuser: psycopg.Connection
) -> None:
    async def look(at: Asking) -> None:
        answers = await everything(at, ASKERS)
        assert differing(answers) == []
        assert shown(answers) == []

    asking(look)
    writers = as_superuser.execute(
        "SELECT DISTINCT author_id FROM conversations_message WHERE author_id IS NOT NULL"
    ).fetchall()
    assert len(writers) == 2, "lead and agent, and nobody else"


def test_there_is_no_other_way_in(asking: Ask) -> None:
    async def look(at: Asking) -> None:
        known = set(openings(at.app))
        for path in paths(at.app):
            for method in METHODS:
                opening = Opening(method, path)
                if opening not in known:
                    assert (await at.get(opening, "lead")).status == 405, opening
        for odd in ("/", "/v1", "/v1/conversations/", "/v1/conversations/1/messages", "/V1/stream"):
            assert (await ask(at.app, "GET", odd, ticket=at.tickets["lead"])).status == 404, odd

    asking(look)


def test_a_ticket_that_is_over_opens_nothing_to_anybody(
    asking: Ask, cast: Cast, things: Things
) -> None:
    from pactdesk.web.live.tickets import agent_ticket, customer_token

    conversation = UUID(things.filled["conversation"])
    over = (
        agent_ticket(cast["lead"], now_ms=1),
        customer_token(conversation, cast.contract_baita, things.filled["public_key"], now_ms=1),
    )

    async def look(at: Asking) -> None:
        for opening in openings(at.app):
            for ticket in over:
                if TABLE[opening] != PUBLIC:
                    answer = await at.get(opening, NOBODY, ticket)
                    assert answer.status == 401, opening
                    assert json.loads(answer.body)["error"] == "TicketExpired"

    asking(look)


def test_without_the_doors_own_filters_the_database_still_shows_nothing(
    asking: Ask, cast: Cast, monkeypatch: pytest.MonkeyPatch, as_superuser: psycopg.Connection
) -> None:
    from pactdesk.apps.conversations import hands, pictures
    from pactdesk.web.live import batches, reading, routes, streams
    from pactdesk.web.live import pictures as at_the_door

    contracts = [cast.contract_qinghe, cast.contract_baita]
    for module in (reading, routes, streams):
        monkeypatch.setattr(module, "readable", lambda _: set(contracts))
    for module in (batches, hands):
        monkeypatch.setattr(module, "check_serves", lambda *_: None)
    monkeypatch.setattr(pictures, "_readable", lambda _: contracts)
    monkeypatch.setattr(at_the_door, "sees_personal_data", lambda *_: True)
    of_ticket = routes.Handlers.ticket

    async def of_anything(self, call, conversation=None, text=""):  # type: ignore[no-untyped-def]  # as there
        # Customers write together, in a scope of what they ask for: there the check is the wall.
        return await of_ticket(self, call, conversation if call.method == "POST" else None, text)

    monkeypatch.setattr(routes.Handlers, "ticket", of_anything)

    async def look(at: Asking) -> None:
        assert shown(await everything(at, OUTSIDE)) == []

    before = as_superuser.execute("SELECT count(*) FROM conversations_message").fetchone()
    asking(look)
    assert as_superuser.execute("SELECT count(*) FROM conversations_message").fetchone() == before


def test_without_the_databases_wall_the_door_still_shows_nothing(
    no_wall: None, desk: TestDatabase, tickets: dict[str, str], things: Things
) -> None:
    async def look(at: Asking) -> None:
        answers = await everything(at, STRANGERS)
        assert differing(answers) == []
        assert shown(answers) == []

    asking_at(desk.address("pactdesk_admin"), tickets, things)(look)


def test_whom_words_were_shown_to_stands_in_the_audit(
    asking: Ask, cast: Cast, things: Things, as_superuser: psycopg.Connection
) -> None:
    conversation = UUID(things.filled["conversation"])

    async def look(at: Asking) -> None:
        for _ in range(2):
            await at.get(Opening("GET", f"{AT}/messages"), "agent")
            await at.get(Opening("GET", "/v1/stream"), "lead")
            await at.get(Opening("GET", "/v1/pictures/{picture:uuid}"), "lead")
            await at.get(Opening("GET", f"{AT}/messages"), CUSTOMER)
            await at.get(Opening("GET", f"{AT}/messages"), "agent_of_qinghe")

    asking(look)
    found = as_superuser.execute(
        "SELECT person_id, verb, subject_id FROM audit_entry WHERE verb LIKE '%%\\_shown'"
    ).fetchall()
    hour = 2 if len(found) > 4 else 1  # the clock may strike between the two times
    assert len(found) <= 4 * hour
    assert set(found) == {
        (cast["agent"], "conversations.personal_data_shown", conversation),
        (cast["lead"], "conversations.personal_data_shown", conversation),
        (cast["lead"], "conversations.inbox_shown", cast.contract_baita),
        (cast["lead"], "conversations.inbox_shown", cast.contract_qinghe),
    }
