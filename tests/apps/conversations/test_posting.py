"""Posting a message: once, in one gapless sequence, whoever races whom."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import psycopg
import pytest
from psycopg.errors import CheckViolation, InsufficientPrivilege, UniqueViolation

from pactdesk.apps.conversations.actions import Means, close, open_conversation
from pactdesk.apps.conversations.hands import CUSTOMER, SYSTEM, Hand, agent
from pactdesk.apps.conversations.kinds import AuthorKind
from pactdesk.apps.conversations.posting import Post, Posted, hold_values, known_values, planned
from pactdesk.apps.conversations.sql import HOLD, KEEP, KNOWN
from pactdesk.apps.parties.scoping import ENTER_SCOPE
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import scope_from
from pactdesk.core.facts.kinds import Channel
from pactdesk.core.units.instants import Instant
from tests.support.cast import Cast
from tests.support.database import TestDatabase

AT = Instant(1_793_600_000_000)
RACERS = 6


@pytest.fixture
def conversation(qinghe: Means) -> UUID:
    return open_conversation(CUSTOMER, channel=Channel.CHAT, at=AT, means=qinghe)


def door_post(
    connection: psycopg.Connection,
    person: UUID,
    contract: UUID,
    conversation: UUID,
    key: str,
    by: Hand | None = None,
) -> Posted | None:
    """As the live door posts: a scope, the statements, a commit."""
    with connection.transaction():
        told = connection.execute(ENTER_SCOPE, [person]).fetchone()
        assert told
        post = Post(new_id(), conversation, by or agent(person), b"locked", key, AT)
        held = connection.execute(HOLD, hold_values([post], contract)).fetchall()
        known = connection.execute(KNOWN, known_values([post], contract)).fetchall()
        plan = planned([post], held, known, "c-1")
        if plan.kept:
            connection.execute(KEEP, plan.values(scope_from(told[0]), contract))
    [outcome] = plan.outcomes
    return outcome if isinstance(outcome, Posted) else None


def test_racing_posts_get_every_number_once_and_leave_no_gap(
    desk: TestDatabase, cast: Cast, qinghe: Means, conversation: UUID,
    as_superuser: psycopg.Connection,
) -> None:  # fmt: skip
    each, start = 25, Barrier(RACERS, timeout=30)

    def race(racer: int) -> list[Posted | None]:
        with psycopg.connect(desk.address("pactdesk_app")) as connection:
            start.wait()
            keys = (f"{racer}-{number}" for number in range(each))
            who = cast["agent"], qinghe.contract, conversation
            return [door_post(connection, *who, key) for key in keys]

    with ThreadPoolExecutor(RACERS) as pool:
        posted = [one for racer in pool.map(race, range(RACERS)) for one in racer if one]
    everything = list(range(1, RACERS * each + 1))
    assert sorted(one.sequence for one in posted) == everything
    assert all(one.fresh for one in posted)
    kept = as_superuser.execute(
        "SELECT sequence, id FROM conversations_message ORDER BY sequence"
    ).fetchall()
    assert kept == sorted((one.sequence, one.id) for one in posted)
    last = as_superuser.execute("SELECT last_sequence FROM conversations_conversation").fetchone()
    assert last == (len(everything),)


def test_one_key_from_many_racers_is_one_message_with_one_answer(
    desk: TestDatabase, cast: Cast, qinghe: Means, conversation: UUID,
    as_superuser: psycopg.Connection,
) -> None:  # fmt: skip
    rounds, start = 20, Barrier(RACERS, timeout=30)

    def race(_: int) -> list[Posted | None]:
        with psycopg.connect(desk.address("pactdesk_app")) as connection:
            answers = []
            for number in range(rounds):
                start.wait()
                who = cast["agent"], qinghe.contract, conversation
                answers.append(door_post(connection, *who, f"key {number}"))
            return answers

    with ThreadPoolExecutor(RACERS) as pool:
        answers = list(pool.map(race, range(RACERS)))
    for number, same in enumerate(zip(*answers, strict=True), start=1):
        said = [one for one in same if one]
        assert len(said) == RACERS
        assert len({one.id for one in said}) == 1
        assert {one.sequence for one in said} == {number}
        assert Counter(one.fresh for one in said) == {True: 1, False: RACERS - 1}
    kept = as_superuser.execute("SELECT count(*) FROM conversations_message").fetchone()
    assert kept == (rounds,)


def test_a_post_that_is_rolled_back_gives_its_number_back(
    as_app: psycopg.Connection, cast: Cast, qinghe: Means, conversation: UUID
) -> None:
    who = cast["agent"], qinghe.contract, conversation
    with as_app.transaction(force_rollback=True):
        lost = door_post(as_app, *who, "lost")
    kept = door_post(as_app, *who, "kept")
    assert lost
    assert kept
    assert lost.sequence == kept.sequence == 1


def test_a_message_of_many_conversations_counts_in_its_own(
    as_app: psycopg.Connection, cast: Cast, qinghe: Means, conversation: UUID
) -> None:
    other = open_conversation(CUSTOMER, channel=Channel.CHAT, at=AT, means=qinghe)
    posted = [
        door_post(as_app, cast["agent"], qinghe.contract, each, "the same key")
        for each in (conversation, other, conversation)
    ]
    assert [(one.sequence, one.fresh) for one in posted if one] == [
        (1, True), (1, True), (1, False),
    ]  # fmt: skip


def test_after_the_end_nothing_is_kept_but_a_repeated_key_is_answered(
    as_app: psycopg.Connection, cast: Cast, qinghe: Means, conversation: UUID
) -> None:
    who = cast["agent"], qinghe.contract, conversation
    first = door_post(as_app, *who, "first")
    close(conversation, SYSTEM, at=AT, means=qinghe)
    again = door_post(as_app, *who, "first")
    assert first
    assert again == Posted(first.id, first.sequence, fresh=False)
    assert door_post(as_app, *who, "second") is None


@pytest.mark.parametrize("person", ["manager_of_baita", "operator"])
def test_nobody_posts_into_a_contract_they_have_no_part_in(
    as_app: psycopg.Connection, cast: Cast, qinghe: Means, conversation: UUID, person: str
) -> None:
    assert door_post(as_app, cast[person], qinghe.contract, conversation, "key") is None


def test_a_conversation_of_another_contract_is_not_found_under_ours(
    as_app: psycopg.Connection, cast: Cast, baita: Means, conversation: UUID
) -> None:
    assert door_post(as_app, cast["agent"], baita.contract, conversation, "key") is None


@pytest.mark.parametrize("kind", ["customer", "system", "agent"])
def test_the_database_lets_nobody_write_in_anothers_name(
    as_app: psycopg.Connection, cast: Cast, qinghe: Means, conversation: UUID, kind: str
) -> None:
    by = Hand(AuthorKind(kind), cast["lead"] if kind == "agent" else None)
    with pytest.raises(InsufficientPrivilege):
        door_post(as_app, cast["agent"], qinghe.contract, conversation, "key", by)


def test_a_persons_message_is_never_a_customers(
    as_app: psycopg.Connection, cast: Cast, qinghe: Means, conversation: UUID
) -> None:
    by = Hand(AuthorKind.CUSTOMER, cast["agent"])
    with pytest.raises(CheckViolation):
        door_post(as_app, cast["agent"], qinghe.contract, conversation, "key", by)


def test_messages_are_neither_changed_nor_removed(
    as_app: psycopg.Connection, cast: Cast, qinghe: Means, conversation: UUID
) -> None:
    door_post(as_app, cast["agent"], qinghe.contract, conversation, "key")
    for statement in (
        "UPDATE conversations_message SET sequence = 9",
        "DELETE FROM conversations_message",
        "DELETE FROM conversations_conversation",
        "UPDATE conversations_contentkey SET wrapped = ''",
    ):
        as_app.execute(ENTER_SCOPE, [cast["agent"]])
        with pytest.raises(InsufficientPrivilege):
            as_app.execute(statement)
        as_app.rollback()


def test_a_message_cannot_stand_under_a_contract_that_is_not_its_conversations(
    as_superuser: psycopg.Connection, baita: Means, conversation: UUID
) -> None:
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        as_superuser.execute(
            "INSERT INTO conversations_message (id, contract_id, conversation_id, sequence,"
            " author_kind, body_ciphertext, idempotency_key, occurred_at_ms, recorded_at_ms)"
            " VALUES (%s, %s, %s, 1, 'system', '', 'key', 0, 0)",
            [new_id(), baita.contract, conversation],
        )


def test_a_contract_has_one_search_key(as_superuser: psycopg.Connection, qinghe: Means) -> None:
    adding = (
        "INSERT INTO conversations_contentkey (id, contract_id, purpose, wrapped)"
        " VALUES (%s, %s, 'search', '')"
    )
    as_superuser.execute(adding, [new_id(), qinghe.contract])
    with pytest.raises(UniqueViolation):
        as_superuser.execute(adding, [new_id(), qinghe.contract])
