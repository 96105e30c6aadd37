"""Pictures on the pages: whoever reads a conversation sees its pictures, nobody else."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image

from pactdesk.core.units.instants import Instant
from pactdesk.gateways.pictures.cleaning import clean_picture
from pactdesk.gateways.vault.vault_keys import IN_ENVIRONMENT
from tests.support.cast import PEOPLE, Cast, make_cast
from tests.support.chats import VAULT, Chats
from tests.support.database import TestDatabase
from tests.support.visitors import give_password, logged_in

AT = Instant(1_793_600_000_000)
READERS = {"agent", "agent_of_qinghe", "lead", "qa", "manager_of_qinghe"}


@pytest.fixture
def cast(desk: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setenv(IN_ENVIRONMENT, VAULT.to_text())
    made = make_cast(desk)
    give_password(desk, made, *PEOPLE)
    return made


@pytest.fixture
def picture(cast: Cast) -> UUID:
    """A customer of 青禾 sent one."""
    from pactdesk.apps.conversations.hands import CUSTOMER
    from pactdesk.apps.conversations.pictures import post_picture

    chats, made = Chats(cast), BytesIO()
    Image.new("RGB", (30, 20), "teal").save(made, "PNG")
    conversation = chats.opened("qinghe", AT)
    kept = post_picture(
        conversation,
        CUSTOMER,
        clean_picture(made.getvalue()),
        key="p",
        at=AT,
        means=chats.means("qinghe"),
    )
    assert kept.picture is not None
    number: UUID = kept.picture.id
    return number


@pytest.mark.parametrize("name", sorted(set(PEOPLE) - READERS))
def test_nobody_else_is_shown_a_picture(picture: UUID, name: str) -> None:
    assert logged_in(name).get(f"/files/pictures/{picture}/").status_code in {403, 404}


@pytest.mark.parametrize("name", sorted(READERS))
def test_who_reads_the_conversation_is_shown_its_picture_as_nothing_but_one(
    picture: UUID, name: str
) -> None:
    answer = logged_in(name).get(f"/files/pictures/{picture}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"].startswith("private")
    with Image.open(BytesIO(answer.content)) as shown:
        assert shown.size == (30, 20)
