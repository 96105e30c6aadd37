"""Who reads which conversations, and that the database itself reads none."""

from __future__ import annotations

import psycopg
import pytest

from pactdesk.apps.conversations.actions import Means, open_conversation, post_message
from pactdesk.apps.conversations.errors import ConversationUnknown
from pactdesk.apps.conversations.hands import CUSTOMER
from pactdesk.apps.conversations.keys import content_keys, rewrap_keys, rotate_content_key
from pactdesk.apps.conversations.models import Conversation, Message
from pactdesk.apps.conversations.queries import (
    conversation_of,
    conversations_visible_to,
    messages_after,
)
from pactdesk.apps.conversations.values import text_of
from pactdesk.apps.parties.scoping import ENTER_SCOPE, scoped
from pactdesk.apps.walls.scope import Scope, within
from pactdesk.core.facts.kinds import Channel
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.vault.errors import CiphertextRefused, VaultKeyMissing
from tests.support.cast import PEOPLE, Cast
from tests.support.database import TestDatabase
from tests.support.hearing import VAULT
from tests.support.logs import worker_process

AT = Instant(1_793_600_000_000)
TEXT = "我的订单号是 88812345，请退款到原账户"
READERS = {
    "agent": {"qinghe", "baita"},
    "lead": {"qinghe", "baita"},
    "agent_of_qinghe": {"qinghe"},
    "qa": {"qinghe"},
    "manager_of_qinghe": {"qinghe"},
    "manager_of_baita": {"baita"},
}


@pytest.fixture
def chats(qinghe: Means, baita: Means) -> dict[str, Conversation]:
    """One conversation with each merchant's customers, three messages in each."""
    made = {}
    for name, means in (("qinghe", qinghe), ("baita", baita)):
        number = open_conversation(CUSTOMER, channel=Channel.CHAT, at=AT, means=means)
        for key in ("a", "b", "c"):
            post_message(number, CUSTOMER, f"{TEXT} {name} {key}", key=key, at=AT, means=means)
        with within(Scope(contracts={means.contract: frozenset()})) as scope:
            made[name] = conversation_of(scope, number)
    return made


@pytest.mark.parametrize("person", sorted(PEOPLE))
def test_everybody_reads_the_conversations_of_their_contracts_only(
    cast: Cast, chats: dict[str, Conversation], person: str
) -> None:
    with scoped(cast[person]) as scope:
        seen = list(conversations_visible_to(scope))
        expected = READERS.get(person, set())
        assert {one.id for one in seen} == {chats[name].id for name in expected}
        for name, chat in chats.items():
            count = messages_after(scope, chat.id).count()
            assert count == (3 if name in expected else 0)


@pytest.mark.parametrize("person", ["manager_of_baita", "operator"])
def test_the_wall_holds_without_the_queries(
    as_app: psycopg.Connection, cast: Cast, chats: dict[str, Conversation], person: str
) -> None:
    as_app.execute(ENTER_SCOPE, [cast[person]])
    for table in ("conversation", "message", "contentkey"):
        rows = as_app.execute(
            f"SELECT DISTINCT contract_id FROM conversations_{table}"  # noqa: S608  three names
        ).fetchall()
        assert rows == ([(cast.contract_baita,)] if person == "manager_of_baita" else [])


def test_outside_of_a_scope_there_is_nothing(
    as_app: psycopg.Connection, chats: dict[str, Conversation]
) -> None:
    for table in ("conversation", "message", "contentkey"):
        found = as_app.execute(
            f"SELECT count(*) FROM conversations_{table}"  # noqa: S608  three names
        ).fetchone()
        assert found == (0,)


def test_a_conversation_one_may_not_see_is_unknown(
    cast: Cast, chats: dict[str, Conversation]
) -> None:
    with scoped(cast["manager_of_baita"]) as scope:
        with pytest.raises(ConversationUnknown):
            conversation_of(scope, chats["qinghe"].id)
        assert conversation_of(scope, chats["baita"].id) == chats["baita"]


def test_a_reader_who_was_away_gets_what_they_missed_in_order(
    cast: Cast, chats: dict[str, Conversation]
) -> None:
    with scoped(cast["agent"]) as scope:
        keys = content_keys(cast.contract_qinghe, VAULT)
        missed = list(messages_after(scope, chats["qinghe"].id, 1))
        assert [one.sequence for one in missed] == [2, 3]
        assert [text_of(one, keys) for one in missed] == [
            f"{TEXT} qinghe b",
            f"{TEXT} qinghe c",
        ]


def test_no_byte_of_a_text_or_key_lies_in_the_database(
    desk: TestDatabase, as_superuser: psycopg.Connection, chats: dict[str, Conversation]
) -> None:
    tables = as_superuser.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    ).fetchall()
    written = b""
    for (table,) in tables:
        with (
            as_superuser.cursor() as cursor,
            cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as rows,
        ):
            written += b"".join(bytes(part) for part in rows)
    assert chats["qinghe"].code.encode() in written  # the search does find what is there
    assert not [pair for pair in (TEXT[:2], TEXT[-4:], "88812345") if pair.encode() in written]
    assert VAULT.key(VAULT.current) not in written
    with within(Scope(contracts={chats["qinghe"].contract_id: frozenset()})):
        data_keys = content_keys(chats["qinghe"].contract_id, VAULT).keys.values()
    assert not any(key in written for key in data_keys)


def test_a_text_moved_to_another_row_is_refused(
    as_superuser: psycopg.Connection, cast: Cast, chats: dict[str, Conversation]
) -> None:
    as_superuser.execute(
        "UPDATE conversations_message AS one SET body_ciphertext = other.body_ciphertext"
        " FROM conversations_message AS other"
        " WHERE one.conversation_id = %s AND other.conversation_id = one.conversation_id"
        " AND one.sequence = 1 AND other.sequence = 2",
        [chats["qinghe"].id],
    )
    with scoped(cast["agent"]):
        keys = content_keys(cast.contract_qinghe, VAULT)
        moved = Message.objects.get(conversation=chats["qinghe"], sequence=1)
        with pytest.raises(CiphertextRefused):
            text_of(moved, keys)


def test_after_a_rotation_old_and_new_texts_are_read(
    cast: Cast, qinghe: Means, chats: dict[str, Conversation]
) -> None:
    chat = chats["qinghe"].id
    rotate_content_key(Scope(contracts={qinghe.contract: frozenset()}), qinghe.contract, VAULT)
    post_message(chat, CUSTOMER, "新的密钥", key="d", at=AT, means=qinghe)
    with scoped(cast["agent"]) as scope:
        keys = content_keys(qinghe.contract, VAULT)
        assert len(keys.keys) == 2
        texts = [text_of(one, keys) for one in messages_after(scope, chat)]
        assert texts[-1] == "新的密钥"
        assert texts[0] == f"{TEXT} qinghe a"
        heads = {bytes(one.body_ciphertext)[1:17] for one in messages_after(scope, chat)}
        assert heads == {key.bytes for key in keys.keys}


def test_jobs_rewrap_keys_and_then_the_old_vault_key_can_go(
    desk: TestDatabase, qinghe: Means, chats: dict[str, Conversation]
) -> None:
    rotated, scope = VAULT.rotated(), Scope(contracts={qinghe.contract: frozenset()})
    with worker_process(desk):
        assert rewrap_keys(scope, qinghe.contract, rotated) == 1
        assert rewrap_keys(scope, qinghe.contract, rotated) == 0
    with within(scope):
        keys = content_keys(qinghe.contract, rotated.without(VAULT.current))
        first = messages_after(scope, chats["qinghe"].id).first()
        assert first
        assert text_of(first, keys) == f"{TEXT} qinghe a"
        with pytest.raises(VaultKeyMissing):
            content_keys(qinghe.contract, VAULT)
