"""Pictures in conversations: posted once, kept encrypted, and seen by nobody else."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

import psycopg
import pytest
from PIL import Image
from psycopg.errors import CheckViolation, InsufficientPrivilege

from pactdesk.apps.conversations.actions import Means, close, open_conversation, post_message
from pactdesk.apps.conversations.errors import ConversationNotInState, ConversationUnknown
from pactdesk.apps.conversations.hands import CUSTOMER, agent
from pactdesk.apps.conversations.keys import content_keys
from pactdesk.apps.conversations.models import Message, Picture
from pactdesk.apps.conversations.picture_errors import PictureUnknown
from pactdesk.apps.conversations.pictures import (
    PostedPicture,
    content_of,
    picture_of,
    pictures_of,
    post_picture,
)
from pactdesk.apps.conversations.values import text_of
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.scoping import ENTER_SCOPE, scoped
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope, within
from pactdesk.core.facts.kinds import Channel, ClockEvent
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.pictures.cleaning import CleanPicture, clean_picture
from tests.support.cast import Cast
from tests.support.hearing import VAULT, Heard

AT = Instant(1_793_600_000_000)


def a_picture(size: tuple[int, int] = (30, 20)) -> CleanPicture:
    made = BytesIO()
    Image.new("RGB", size, "teal").save(made, "PNG")
    return clean_picture(made.getvalue())


def opened(means: Means) -> UUID:
    return open_conversation(CUSTOMER, channel=Channel.CHAT, at=AT, means=means)


def shown(conversation: UUID, means: Means, key: str = "k") -> PostedPicture:
    return post_picture(conversation, CUSTOMER, a_picture(), key=key, at=AT, means=means)


def the_id(posted: PostedPicture) -> UUID:
    assert posted.picture is not None
    return posted.picture.id


@pytest.fixture
def conversation(qinghe: Means) -> UUID:
    return opened(qinghe)


def test_a_picture_is_a_message_and_comes_back_as_it_was_kept(
    qinghe: Means, conversation: UUID, cast: Cast, heard: Heard
) -> None:
    posted = shown(conversation, qinghe)
    assert (posted.posted.sequence, posted.posted.fresh) == (1, True)
    asked = [one.measured["event"] for one in heard.facts if "event" in one.measured]
    assert asked == [ClockEvent.ACTIVATE, ClockEvent.ACTIVATE]
    with scoped(cast["agent"]) as scope:
        kept = picture_of(scope, the_id(posted))
        assert (kept.width, kept.height, kept.media_type) == (30, 20, "image/png")
        assert content_of(kept, VAULT) == a_picture().content
        assert list(pictures_of(scope, [posted.posted.id])) == [posted.posted.id]
        message = Message.objects.get(id=posted.posted.id)
        assert text_of(message, content_keys(qinghe.contract, VAULT)) == ""


def test_sent_again_it_is_one_picture_in_one_sequence_with_texts(
    qinghe: Means, conversation: UUID, as_superuser: psycopg.Connection
) -> None:
    first, again = shown(conversation, qinghe), shown(conversation, qinghe)
    assert (again.posted.id, again.posted.fresh) == (first.posted.id, False)
    assert the_id(again) == the_id(first)
    text = post_message(conversation, CUSTOMER, "看到了吗", key="t", at=AT, means=qinghe)
    assert text.sequence == 2
    assert as_superuser.execute("SELECT count(*) FROM conversations_picture").fetchone() == (1,)


def test_a_key_that_named_a_text_names_it_still(qinghe: Means, conversation: UUID) -> None:
    post_message(conversation, CUSTOMER, "text", key="k", at=AT, means=qinghe)
    assert shown(conversation, qinghe).picture is None


def test_what_lies_in_the_database_is_no_picture(
    qinghe: Means, conversation: UUID, as_superuser: psycopg.Connection
) -> None:
    shown(conversation, qinghe)
    found = as_superuser.execute("SELECT content_ciphertext FROM conversations_picture").fetchone()
    assert found is not None
    assert a_picture().content[:16] not in bytes(found[0])


def test_only_who_serves_posts_a_picture_and_only_while_it_goes_on(
    qinghe: Means, baita: Means, conversation: UUID, cast: Cast
) -> None:
    opened(baita)
    with pytest.raises(NotAllowed):
        post_picture(conversation, agent(cast["qa"]), a_picture(), key="k", at=AT, means=qinghe)
    with pytest.raises(ConversationUnknown):
        shown(conversation, baita)
    close(conversation, agent(cast["agent"]), at=AT, means=qinghe)
    with pytest.raises(ConversationNotInState):
        shown(conversation, qinghe)


@pytest.mark.parametrize(
    ("name", "may"),
    [("agent", True), ("lead", True), ("qa", True), ("manager_of_qinghe", True),
     ("manager_of_baita", False), ("finance", False), ("planner", False), ("auditor", False)],
)  # fmt: skip
def test_who_reads_conversations_sees_their_pictures(
    qinghe: Means, conversation: UUID, cast: Cast, name: str, may: bool
) -> None:
    picture = the_id(shown(conversation, qinghe))
    with scoped(cast[name]) as scope:
        if may:
            assert picture_of(scope, picture).id == picture
        else:
            with pytest.raises(PictureUnknown):
                picture_of(scope, picture)


def test_a_customer_sees_no_other_conversations_picture_even_without_our_filter(
    qinghe: Means, conversation: UUID
) -> None:
    mine, others = the_id(shown(conversation, qinghe)), the_id(shown(opened(qinghe), qinghe))
    customer = Scope(
        contracts={qinghe.contract: frozenset()}, conversations=frozenset({conversation})
    )
    with within(customer) as scope:
        assert picture_of(scope, mine).id == mine
        with pytest.raises(PictureUnknown):
            picture_of(scope, others)
        assert [one.id for one in Picture.objects.all()] == [mine]


def test_the_other_merchants_people_see_no_picture_even_without_our_filter(
    qinghe: Means, conversation: UUID, cast: Cast, as_app: psycopg.Connection
) -> None:
    shown(conversation, qinghe)
    for name, seen in (("manager_of_qinghe", 1), ("manager_of_baita", 0)):
        with as_app.transaction():
            as_app.execute(ENTER_SCOPE, [cast[name]])
            found = as_app.execute("SELECT count(*) FROM conversations_picture").fetchone()
            assert found == (seen,)


ADD = """
INSERT INTO conversations_picture (id, contract_id, conversation_id, message_id, media_type,
    width, height, size, sha256, content_ciphertext)
VALUES (%s, %s, %s, %s, %s, 1, 1, 1, '', '')
"""


def test_nobody_hangs_a_picture_on_anothers_message_or_changes_one(
    qinghe: Means, conversation: UUID, cast: Cast, as_app: psycopg.Connection
) -> None:
    text = post_message(conversation, CUSTOMER, "text", key="t", at=AT, means=qinghe)
    shown(conversation, qinghe)
    values = [new_id(), qinghe.contract, conversation, text.id, "image/png"]

    def as_agent(statement: str, *given: object) -> None:
        with as_app.transaction():
            as_app.execute(ENTER_SCOPE, [cast["agent"]])
            as_app.execute(statement.encode(), given)

    with pytest.raises(InsufficientPrivilege):
        as_agent(ADD, *values)
    with pytest.raises(InsufficientPrivilege):
        as_agent("UPDATE conversations_picture SET size = 2")
    with pytest.raises(InsufficientPrivilege):
        as_agent("DELETE FROM conversations_picture")


def test_no_kind_is_kept_that_a_browser_might_run(
    qinghe: Means, conversation: UUID, as_superuser: psycopg.Connection
) -> None:
    text = post_message(conversation, CUSTOMER, "text", key="t", at=AT, means=qinghe)
    values = [new_id(), qinghe.contract, conversation, text.id, "image/svg+xml"]
    with pytest.raises(CheckViolation):
        as_superuser.execute(ADD, values)
