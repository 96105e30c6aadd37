"""A customer's scope: one conversation, in the database itself, whatever a statement asks for."""

from __future__ import annotations

import signal
import socket
from uuid import UUID

import psycopg
import pytest

from pactdesk.apps.conversations.hands import CUSTOMER
from pactdesk.apps.conversations.posting import Post, hold_values, planned
from pactdesk.apps.conversations.sql import HOLD, KEEP
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import SET_SCOPE, Scope, scope_from
from pactdesk.core.units.instants import Instant
from pactdesk.web.live.tickets import agent_ticket
from tests.support.cast import Cast
from tests.web.live.doors import Door, Shop, Stream, wait_until

pytestmark = pytest.mark.xdist_group("live-door")


def customers(contract: UUID, *conversations: UUID) -> Scope:
    return Scope(contracts={contract: frozenset()}, conversations=frozenset(conversations))


def test_a_scope_keeps_its_limit_as_text() -> None:
    one = customers(new_id(), new_id(), new_id())
    assert scope_from(one.to_text()) == one
    none = Scope(contracts={new_id(): frozenset()}, conversations=frozenset())
    assert scope_from(none.to_text()) == none
    assert scope_from(Scope().to_text()).conversations is None


def test_without_any_filter_a_customer_sees_their_conversation_alone(
    door: Door, shop: Shop, cast: Cast, as_app: psycopg.Connection
) -> None:
    mine, other = door.open(shop), door.open(shop)
    for chat in (mine, other):
        chat.said()
    for conversations in ({mine.id}, {mine.id, other.id}, set[UUID]()):
        with as_app.transaction():
            as_app.execute(SET_SCOPE, [customers(shop.contract, *conversations).to_text()])
            for table, column in (
                ("conversations_conversation", "id"),
                ("conversations_message", "conversation_id"),
            ):
                rows = as_app.execute(f"SELECT {column} FROM {table}")  # noqa: S608  two names
                assert {row[0] for row in rows} == conversations
    with as_app.transaction():
        as_app.execute(SET_SCOPE, [customers(cast.contract_baita, mine.id).to_text()])
        rows = as_app.execute("SELECT count(*) FROM conversations_message")
        assert rows.fetchone() == (0,)


def test_a_customer_writes_into_no_other_conversation(
    door: Door, shop: Shop, as_app: psycopg.Connection
) -> None:
    mine, other = door.open(shop), door.open(shop)
    scope = customers(shop.contract, mine.id)
    post = Post(new_id(), other.id, CUSTOMER, b"x", "key", Instant(1))
    row = (other.id, "code", "open", None, None, None, 0)
    plan = planned([post], [row], [], "code")
    as_app.execute(SET_SCOPE, [scope.to_text()])
    assert as_app.execute(HOLD, hold_values([post], shop.contract)).fetchall() == []
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_app.execute(KEEP, plan.values(scope, shop.contract))


def test_a_site_is_seen_by_who_knows_its_key_and_nobody_else(
    shop: Shop, as_app: psycopg.Connection
) -> None:
    for scope, seen in ((Scope(site=shop.key), 1), (Scope(site="another"), 0), (Scope(), 0)):
        with as_app.transaction():
            as_app.execute(SET_SCOPE, [scope.to_text()])
            found = as_app.execute("SELECT count(*) FROM conversations_site").fetchone()
            assert found == (seen,)


def test_an_agents_stream_tells_nothing_of_another_contract(
    door: Door, shop: Shop, cast: Cast
) -> None:
    from tests.web.live.doors import make_shop

    foreign = door.open(make_shop(cast["lead"], cast.contract_baita))
    mine = door.open(shop)
    with mine.by(agent_ticket(cast["agent_of_qinghe"])).stream() as stream:
        for number in range(3):
            foreign.said(f"别家 {number}")
        mine.said("自家")
        assert stream.until("message")["body"] == "自家"


def test_a_customers_stream_tells_nothing_of_another_conversation(door: Door, shop: Shop) -> None:
    mine, other = door.open(shop), door.open(shop)
    with mine.stream() as stream:
        other.said("别人")
        mine.said("自己")
        assert stream.until("message")["body"] == "自己"


def test_a_stream_ends_when_its_right_does(
    door: Door, shop: Shop, cast: Cast, as_superuser: psycopg.Connection
) -> None:
    chat = door.open(shop)
    with chat.by(agent_ticket(cast["agent"])).stream() as stream:
        as_superuser.execute(
            "UPDATE parties_contractrole SET ends_at = now() WHERE person_id = %s", [cast["agent"]]
        )
        with pytest.raises(RuntimeError):  # StopIteration: the stream is over
            _until_the_end(stream)
    assert chat.by(agent_ticket(cast["agent"])).post().status_code in (403, 404)


def test_a_reader_who_takes_nothing_is_cut_off_and_the_others_are_not(
    door: Door, shop: Shop, cast: Cast
) -> None:
    chat = door.open(shop)
    slow = _silent_reader(door, agent_ticket(cast["lead"]))
    with slow, chat.stream() as good:
        sent = 0

        def is_cut_off() -> bool:
            nonlocal sent
            for _ in range(10):
                sent += 1
                chat.said("长" * 20_000)
                assert good.until("message")["sequence"] == sent
            return 'cut_off_total{why="slow"} 1.0' in door.client.get("/metrics").text

        wait_until(is_cut_off, patience=60)


def test_a_door_that_is_asked_to_stop_answers_what_it_has_begun(door: Door, shop: Shop) -> None:
    chat = door.open(shop)
    with chat.stream() as stream:
        chat.said()
        assert door.stop() in (0, -signal.SIGTERM)
        with pytest.raises(RuntimeError):
            _until_the_end(stream)


def _until_the_end(stream: Stream) -> None:
    """Turns the end of a stream into an error that pytest can see."""
    try:
        while True:
            stream.next()
    except StopIteration:
        raise RuntimeError from None


def _silent_reader(door: Door, ticket: str) -> socket.socket:
    """Somebody who asks for a stream, and takes nothing of it."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", door.port))
    line.sendall(f"GET /v1/stream?ticket={ticket} HTTP/1.1\r\nhost: door\r\n\r\n".encode())
    assert line.recv(12) == b"HTTP/1.1 200"
    return line
