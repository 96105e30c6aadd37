"""Attacks on the live door: other people's tickets, forged ones, strange origins, odd requests."""

from __future__ import annotations

import asyncio
import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import ExitStack, suppress
from uuid import uuid4

import httpx
import psycopg
import pytest
from starlette.types import Message

from pactdesk.apps.walls.identifiers import new_id
from pactdesk.web.live.errors import BodyTooSlow
from pactdesk.web.live.http import Call
from pactdesk.web.live.routes import MOST_STREAMS
from pactdesk.web.live.tickets import Purpose, Ticket, agent_ticket, customer_token, sealed
from tests.support.cast import Cast
from tests.web.live.conftest import cast as cast
from tests.web.live.conftest import door as door
from tests.web.live.conftest import shop as shop
from tests.web.live.doors import ORIGIN, Chat, Door, Shop, make_shop, wait_until

pytestmark = [pytest.mark.xdist_group("live-door"), pytest.mark.requirement("C10")]


def error(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]


def everything(chat: Chat) -> list[httpx.Response]:
    """All that a ticket could be good for, in this conversation."""
    return [
        chat.post(),
        chat.request("GET", "messages"),
        chat.request("POST", "typing"),
        chat.request("POST", "rating", json={"score": 1, "key": "k"}),
        chat.request("POST", "pictures", files={"file": b"x"}, data={"key": "k"}),
    ]


def test_a_token_of_another_conversation_opens_nothing(door: Door, shop: Shop) -> None:
    mine, theirs = door.open(shop), door.open(shop)
    for answer in everything(theirs.by(mine.ticket)):
        assert error(answer) == (401, "TicketRefused")


def forged(ticket: str, **changes: object) -> str:
    """The ticket with other contents under the same seal."""
    told, _, mac = ticket.partition(".")
    plain = json.loads(urlsafe_b64decode(told + "==")) | changes
    return urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=") + "." + mac


def test_tickets_are_not_forged_stretched_or_used_for_something_else(
    door: Door, shop: Shop, cast: Cast
) -> None:
    mine, theirs = door.open(shop), door.open(shop)
    past = time.time_ns() // 1_000_000 - 86_400_001
    old = customer_token(theirs.id, shop.contract, shop.key, past)
    for ticket, name in (
        (".", "TicketRefused"),
        ("A" * 5000 + ".AAAA", "TicketRefused"),
        (mine.ticket.partition(".")[0] + ".", "TicketRefused"),
        (forged(mine.ticket, subject=str(theirs.id)), "TicketRefused"),
        (forged(old, expires_ms=2**52), "TicketRefused"),
        (old, "TicketExpired"),
        # A seal of ours, but on what the door never made: no contract beside the conversation.
        (sealed(Ticket(Purpose.CUSTOMER, theirs.id, 2**52)), "TicketRefused"),
    ):
        for answer in everything(theirs.by(ticket)):
            assert error(answer) == (401, name), ticket
        stream = door.client.get("/v1/stream", params={"ticket": ticket})
        assert error(stream) == (401, name), ticket
    assert mine.read()["messages"] == []


def test_somebody_without_a_role_there_learns_not_even_that_it_exists(
    door: Door, shop: Shop, cast: Cast
) -> None:
    baita = door.open(make_shop(cast["lead"], cast.contract_baita))
    # Somebody who may has been there, so the door remembers whose it is.
    assert baita.by(agent_ticket(cast["agent"])).post().status_code == 200
    nowhere = Chat(door, uuid4(), "")
    for name in ("agent_of_qinghe", "manager_of_qinghe", "operator"):
        ticket = agent_ticket(cast[name])
        for part, body in (("messages", {"body": "在吗", "key": "k"}), ("typing", {})):
            there = baita.by(ticket).request("POST", part, json=body)
            missing = nowhere.by(ticket).request("POST", part, json=body)
            assert error(there) == error(missing) == (404, "ConversationUnknown"), (name, part)
        assert error(baita.by(ticket).request("GET", "messages"))[0] == 404


def test_who_only_checks_a_contract_reads_its_customers_masked_and_not_here(
    door: Door, shop: Shop, cast: Cast, as_superuser: psycopg.Connection
) -> None:
    # An agent of one merchant, and of the other's talks quality assurance.
    as_superuser.execute(
        "INSERT INTO parties_contractrole (id, contract_id, org_id, person_id, role, starts_at)"
        " VALUES (%s, %s, %s, %s, 'qa', '2026-01-01')",
        [new_id(), cast.contract_baita, cast.provider, cast["agent_of_qinghe"]],
    )
    as_superuser.commit()
    baita, qinghe = door.open(make_shop(cast["lead"], cast.contract_baita)), door.open(shop)
    ticket = agent_ticket(cast["agent_of_qinghe"])
    with qinghe.by(ticket).stream() as heard:
        baita.said("我的手机是13812345678")
        qinghe.said("在吗")
        assert heard.until("message")["body"] == "在吗"
    assert error(baita.by(ticket).request("GET", "messages")) == (404, "ConversationUnknown")


def test_a_ticket_is_worth_nothing_once_the_role_has_ended(
    door: Door, shop: Shop, cast: Cast, as_superuser: psycopg.Connection
) -> None:
    chat = door.open(shop).by(agent_ticket(cast["agent"]))
    chat.said()
    as_superuser.execute(
        "UPDATE parties_contractrole SET ends_at = now() WHERE person_id = %s", [cast["agent"]]
    )
    as_superuser.commit()
    for answer in everything(chat)[:-1]:
        assert answer.status_code in (403, 404)


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        ORIGIN + ".evil.test",
        "https://evil.test",
        ORIGIN + ":444",
        ORIGIN.upper(),
        "http://",
    ],
)
def test_no_other_page_talks_with_a_shops_or_an_agents_ticket(
    door: Door, shop: Shop, cast: Cast, origin: str
) -> None:
    headers = {"origin": origin}
    chat = door.open(shop)
    asked = {"site": shop.key, "key": str(uuid4())}
    for answer in (
        door.client.get(f"/v1/sites/{shop.key}", headers=headers),
        door.client.post("/v1/conversations", json=asked, headers=headers),
        chat.request("GET", "messages", headers=headers),
        chat.by(agent_ticket(cast["agent"])).request("GET", "messages", headers=headers),
    ):
        assert error(answer) == (403, "OriginRefused")
        assert "access-control-allow-credentials" not in answer.headers


def test_odd_numbers_and_bodies_are_refused_and_never_break_it(door: Door, shop: Shop) -> None:
    chat = door.open(shop)
    for number in ("0" * 20 + "9" * 20, "9" * 5000, "-1", "1e3", "٣", "9" * 17):
        answer = chat.request("GET", "messages", params={"after": number})
        assert error(answer) == (400, "BodyUnreadable"), number[:30]
        with httpx.Client(base_url=door.url, timeout=60) as client:
            stream = client.get(
                "/v1/stream", params={"ticket": chat.ticket, "after": number}, timeout=10
            )
            assert error(stream) == (400, "BodyUnreadable"), number[:30]
    for body in (
        b"[" * 100_000,
        b'{"body":"x","key":"' + b"k" * 101 + b'"}',
        b'{"body":"\\ud800","key":"k"}',
        b'{"body":"x","key":"k\\u0000"}',
        b'{"body":1e400,"key":"k"}',
        b'{"score":' + b"9" * 60_000 + b',"key":"k"}',
        b"\xff\xfe",
        b"",
    ):
        for part in ("messages", "rating"):
            assert chat.request("POST", part, content=body).status_code == 400, body[:20]
    assert chat.request("POST", "messages", content=b" " * 200_000).status_code == 413
    assert chat.said("还好")["sequence"] == 1


def test_figures_of_the_door_are_not_for_who_comes_through_a_proxy(door: Door) -> None:
    assert door.client.get("/metrics").status_code == 200
    passed_on = door.client.get("/metrics", headers={"X-Forwarded-For": "198.51.100.7"})
    assert error(passed_on) == (404, "DoorPathUnknown")


def test_one_ticket_holds_few_streams(door: Door, shop: Shop) -> None:
    chat = door.open(shop)
    with ExitStack() as opened:
        for _ in range(MOST_STREAMS):
            opened.enter_context(chat.stream())
        refused = door.client.get("/v1/stream", params={"ticket": chat.ticket})
        assert error(refused) == (429, "TooOften")
        with door.open(shop).stream():  # nobody else is kept out
            pass
    wait_until(lambda: _opens(chat))


def _opens(chat: Chat) -> bool:
    address = f"{chat.door.url}/v1/stream?ticket={chat.ticket}"
    with httpx.stream("GET", address, timeout=60) as answer:
        return answer.status_code == 200


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    async def silent() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def nothing(_: Message) -> None: ...

    call = Call({"method": "POST", "headers": []}, silent, nothing)
    with pytest.raises(BodyTooSlow):
        asyncio.run(call.body(seconds=0.01))


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_stream_ends_with_its_ticket(
    door: Door, shop: Shop, cast: Cast, purpose: Purpose
) -> None:
    soon = time.time_ns() // 1_000_000 + 1_500
    theirs = Ticket(Purpose.CUSTOMER, door.open(shop).id, soon, shop.contract, shop.key)
    mine = Ticket(Purpose.AGENT, cast["agent"], soon)
    ticket = sealed(mine if purpose is Purpose.AGENT else theirs)
    with httpx.stream("GET", f"{door.url}/v1/stream?ticket={ticket}", timeout=30) as stream:
        assert stream.status_code == 200
        with suppress(httpx.RemoteProtocolError):
            for _ in stream.iter_raw():
                pass
    again = door.client.get("/v1/stream", params={"ticket": ticket})
    assert error(again) == (401, "TicketExpired")
