"""The live door as browsers meet it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from pactdesk.apps.walls.identifiers import new_id
from pactdesk.web.live.tickets import agent_ticket, customer_token
from tests.support.cast import Cast
from tests.web.live.doors import ORIGIN, Chat, Door, Shop

pytestmark = pytest.mark.xdist_group("live-door")


@pytest.fixture
def chat(door: Door, shop: Shop) -> Chat:
    """A customer's conversation."""
    return door.open(shop)


def test_a_message_is_answered_with_its_number_and_kept_once_for_each_key(chat: Chat) -> None:
    first = chat.said("在吗", "k1")
    assert (first["sequence"], first["fresh"]) == (1, True)
    again = chat.said("在吗", "k1")
    assert again == {**first, "fresh": False}
    assert chat.said("有人吗", "k2")["sequence"] == 2
    page = chat.read()
    assert [(each["body"], each["author"]) for each in page["messages"]] == [
        ("在吗", "customer"),
        ("有人吗", "customer"),
    ]
    assert (page["state"], page["last_sequence"], page["first_unread"]) == ("open", 2, None)


def test_what_a_message_causes_is_written_with_it(
    chat: Chat, cast: Cast, as_superuser: psycopg.Connection
) -> None:
    chat.said("在吗")
    chat.by(agent_ticket(cast["agent"])).said("您好")
    chat.said("谢谢")
    facts = as_superuser.execute(
        "SELECT convert_from(content, 'UTF8')::jsonb -> 'measured' FROM evidence_fact"
        " ORDER BY event_id"
    ).fetchall()
    told = [(each.get("metric"), each.get("event"), each.get("actor")) for (each,) in facts]
    assert told == [
        (None, None, None),
        ("first_response", "activate", "customer"),
        ("resolution", "activate", "customer"),
        ("first_response", "fulfil", "agent"),
    ]
    audited = as_superuser.execute(
        "SELECT person_id, org_id, details ->> 'sequence' FROM audit_entry"
        " WHERE verb = 'conversations.post' ORDER BY id"
    ).fetchall()
    assert audited == [
        (None, None, "1"),
        (cast["agent"], cast.provider, "2"),
        (None, None, "3"),
    ]


def test_the_same_browser_opens_the_same_conversation(door: Door, shop: Shop) -> None:
    key = str(uuid4())
    assert door.open(shop, key).id == door.open(shop, key).id
    assert door.open(shop).id != door.open(shop, key).id


def test_a_chat_window_learns_of_its_shop(door: Door, shop: Shop) -> None:
    told = door.client.get(f"/v1/sites/{shop.key}", headers={"origin": ORIGIN}).json()
    assert told["merchant"] == "青禾家居"
    assert set(told["hours_text"]) == set(told["greeting"]) == {"zh", "en"}
    assert isinstance(told["open"], bool)
    assert told["open"] is (told["opens_at_ms"] is None)
    assert told["privacy_url"] is None


def test_a_rating_counts_once_for_each_key(chat: Chat, as_superuser: psycopg.Connection) -> None:
    for _ in range(2):
        rated = chat.request("POST", "rating", json={"score": 4, "scale": 5, "key": "k"})
        assert rated.status_code == 204
    found = as_superuser.execute("SELECT count(*) FROM evidence_fact WHERE kind = 'rating'")
    assert found.fetchone() == (1,)


def test_two_browsers_see_each_other(chat: Chat, cast: Cast) -> None:
    agents = chat.by(agent_ticket(cast["agent"]))
    with chat.stream() as customer, agents.stream() as agent:
        chat.said("在吗", "k1")
        assert agent.until("message")["body"] == "在吗"
        assert customer.until("message")["sequence"] == 1
        assert agents.request("POST", "typing").status_code == 204
        assert customer.until("typing") == {
            "conversation": str(chat.id), "who": "agent", "name": "agent",
        }  # fmt: skip
        assert chat.request("POST", "typing").status_code == 204
        assert agent.until("typing")["who"] == "customer"
        agents.said("您好")
        told = customer.until("message")
        assert (told["name"], told["author"], told["body"]) == ("agent", "agent", "您好")


def test_a_customers_stream_goes_on_exactly_where_it_was(chat: Chat) -> None:
    for number in range(1, 8):
        chat.said(f"第{number}条")
    with chat.stream(last=3) as stream:
        assert [stream.next()[1] for _ in range(4)] == [4, 5, 6, 7]
        chat.said("第8条")
        assert stream.next()[1] == 8


def test_an_agents_stream_tells_again_from_ten_seconds_before(chat: Chat, cast: Cast) -> None:
    agents = chat.by(agent_ticket(cast["agent"]))
    with agents.stream() as stream:
        chat.said("一")
        name, number, _ = stream.next()
        assert name == "message"
    chat.said("二")
    with agents.stream(last=number) as stream:
        assert [stream.until("message")["sequence"] for _ in range(2)] == [1, 2]


def test_a_conversation_and_its_states_are_told_to_agents(
    door: Door, shop: Shop, cast: Cast, as_superuser: psycopg.Connection
) -> None:
    from pactdesk.apps.conversations.actions import Means, close
    from pactdesk.apps.conversations.hands import SYSTEM
    from pactdesk.apps.conversations.recording import into_log
    from pactdesk.core.units.instants import Instant
    from tests.support.hearing import VAULT

    old = door.open(shop)
    with old.by(agent_ticket(cast["lead"])).stream() as stream:
        made = door.open(shop)
        told = stream.until("opened")
        while told["conversation"] != str(made.id):
            told = stream.until("opened")
        assert told["contract"] == str(shop.contract)
        [code] = as_superuser.execute(
            "SELECT code FROM contracts_contract WHERE id = %s", [shop.contract]
        ).fetchone() or [""]
        means = Means(shop.contract, code, VAULT, into_log(shop.contract, code))
        close(made.id, SYSTEM, at=Instant(1_793_600_000_000), means=means)
        told = stream.until("state")
        while told["conversation"] != str(made.id) or told["state"] == "open":
            told = stream.until("state")
        assert (told["state"], told["closed_at_ms"]) == ("closed", 1_793_600_000_000)
    refused = made.post("还在吗")
    assert (refused.status_code, refused.json()["error"]) == (409, "ConversationNotInState")


def test_nobody_is_let_in_with_anothers_ticket(
    door: Door, shop: Shop, chat: Chat, cast: Cast
) -> None:
    other = door.open(shop)
    refused = [
        (chat.by("x"), 401),
        (chat.by("x.y"), 401),
        (chat.by(other.ticket), 401),
        (chat.by(customer_token(chat.id, shop.contract, shop.key, now_ms=0)), 401),
        (chat.by(agent_ticket(new_id())), 403),
        (chat.by(agent_ticket(cast["manager_of_baita"])), 404),
        (chat.by(agent_ticket(cast["operator"])), 404),
    ]
    for one, status in refused:
        for answer in (one.post(), one.request("GET", "messages")):
            assert answer.status_code == status, answer.text
            assert answer.json()["sentence"]
    # Who may read may not write for that reason.
    manager = chat.by(agent_ticket(cast["manager_of_qinghe"]))
    assert manager.request("GET", "messages").status_code == 404  # masked, on the pages
    assert manager.post().status_code == 403
    # A ticket that was made for one contract's conversation opens none of another contract.
    forged = Chat(door, chat.id, customer_token(chat.id, cast.contract_baita, shop.key))
    assert forged.request("GET", "messages").status_code == 404


@pytest.mark.parametrize(
    ("send", "status", "error"),
    [
        (lambda c: c.request("POST", "messages", content=b"{"), 400, "BodyUnreadable"),
        (lambda c: c.request("POST", "messages", content=b"[" * 9000), 400, "BodyUnreadable"),
        (lambda c: c.request("POST", "messages", content=b"\xff"), 400, "BodyUnreadable"),
        (lambda c: c.request("POST", "messages", json={"body": 1, "key": "k"}), 400,
         "BodyUnreadable"),
        (lambda c: c.post("  "), 400, "MessageEmpty"),
        (lambda c: c.post("a" * 20_001), 400, "MessageTooLong"),
        (lambda c: c.post("a", "k" * 101), 400, "IdempotencyKeyUnusable"),
        (lambda c: c.post("字" * 80_000), 413, "BodyTooLarge"),
        (lambda c: c.request("DELETE", "messages"), 405, "MethodRefused"),
        (lambda c: c.request("GET", "nothing"), 404, "DoorPathUnknown"),
        (lambda c: c.request("GET", "messages", params={"after": "x"}), 400, "BodyUnreadable"),
        (lambda c: c.request("POST", "messages", json={"body": "a", "key": "k"},
                             headers={"origin": "https://elsewhere.test"}), 403, "OriginRefused"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_a_sentence(
    chat: Chat, send: Callable[[Chat], Any], status: int, error: str
) -> None:
    answer = send(chat)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["sentence"].endswith("。")
    assert answer.headers["access-control-allow-origin"] == "*"


def test_sentences_come_in_english_when_asked_for(chat: Chat) -> None:
    asked = {"accept-language": "en-GB,en;q=0.9,zh;q=0.8"}
    told = chat.request("POST", "messages", json={"body": " ", "key": "k"}, headers=asked).json()
    assert told["sentence"].startswith("The message has no content")


def test_a_browser_may_ask_first(chat: Chat) -> None:
    told = chat.request("OPTIONS", "messages", headers={"origin": ORIGIN})
    assert told.status_code == 204
    assert "authorization" in told.headers["access-control-allow-headers"]


def test_the_door_tells_its_figures(chat: Chat) -> None:
    chat.said()
    text = chat.door.client.get("/metrics").text
    assert 'pactdesk_live_messages_total{outcome="kept"} 1.0' in text


def test_a_sealed_day_is_refused_in_a_sentence(
    chat: Chat, shop: Shop, as_superuser: psycopg.Connection
) -> None:
    as_superuser.execute(
        "INSERT INTO evidence_checkpoint (id, contract_id, day, number, digest, sealed_until_ms,"
        " record) VALUES (%s, %s, '2199-01-01', 1, 'x', 7258118400000, '')",
        [new_id(), shop.contract],
    )
    answer = chat.post()
    assert (answer.status_code, answer.json()["error"]) == (409, "DayIsSealed")
    found = as_superuser.execute("SELECT count(*) FROM conversations_message")
    assert found.fetchone() == (0,)
