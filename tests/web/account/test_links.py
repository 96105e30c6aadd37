"""Invitations and password resets, from the errand to the desk."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.utils import timezone

from pactdesk.apps.parties.actions import SEND_INVITATION, end_membership, invite_person
from pactdesk.apps.parties.letters import Letter, letter_for
from pactdesk.apps.parties.tokens import SEND_PASSWORD_RESET
from tests.support.cast import Cast
from tests.support.database import TestDatabase
from tests.support.logs import worker_process
from tests.support.visitors import PASSWORD, email_of, logged_in, visitor

LOGIN, RESET = "/account/login/", "/account/reset/"
NEW = "一叶扁舟-过江南"
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def letters(desk: TestDatabase, at: datetime | None = None) -> list[Letter | None]:
    """What a job would write for every errand."""
    with psycopg.connect(desk.address("pactdesk_worker")) as worker:
        rows = worker.execute("SELECT kind, payload FROM outbox_errand ORDER BY id").fetchall()
    with worker_process(desk):
        return [letter_for(kind, payload, at or timezone.now()) for kind, payload in rows]


def address_in(letter: Letter | None) -> str:
    assert letter
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", letter.text)
    assert found
    return found[1]


def invited(desk: TestDatabase, cast: Cast, at: datetime | None = None) -> str:
    by = cast["administrator_of_qinghe"]
    invite_person(by, org=cast.qinghe, email="new@example.test", name="新", at=NOW)
    return address_in(letters(desk, at)[0])


def test_an_invitation_leads_in_and_works_once(
    cast: Cast, desk: TestDatabase, as_superuser: psycopg.Connection
) -> None:
    address = invited(desk, cast)
    client = visitor()
    assert "new@example.test" in client.get(address).content.decode()
    form = {"name": "王新", "new_password": NEW, "again": NEW}
    assert client.post(address, form).headers["Location"] == "/"
    page = client.get("/account/").content.decode()
    assert "王新" in page
    assert visitor().post(address, form).status_code == 410
    assert "不能用了" in visitor().get(address).content.decode()
    wrong = as_superuser.execute(
        "SELECT count(*) FROM parties_token WHERE %s LIKE '%%' || token_hash || '%%'", [address]
    )
    assert wrong.fetchone() == (0,), "the secret itself is not in the database"


def test_looking_at_a_link_does_not_use_it_up(cast: Cast, desk: TestDatabase) -> None:
    """Mail servers open links to look for harm."""
    address = invited(desk, cast)
    for _ in range(3):
        assert visitor().get(address).status_code == 200


def test_a_newer_letter_makes_the_older_link_lapse(cast: Cast, desk: TestDatabase) -> None:
    first = invited(desk, cast)
    second = address_in(letters(desk)[0])
    assert visitor().get(first).status_code == 410
    assert visitor().get(second).status_code == 200


def test_a_link_expires(cast: Cast, desk: TestDatabase) -> None:
    week_ago = timezone.now() - timedelta(days=7, seconds=1)
    assert visitor().get(invited(desk, cast, week_ago)).status_code == 410


def test_a_link_of_one_purpose_is_worth_nothing_for_another(cast: Cast, desk: TestDatabase) -> None:
    address = invited(desk, cast).replace("/invitation/", "/reset/")
    assert visitor().get(address).status_code == 410


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "至少要 8 个字符"),
        ("password123", "太常见"),
        ("8402759137", "不能全是数字"),
        ("new@example.test", "太像"),
    ],
)
def test_a_weak_password_is_refused_in_words(
    cast: Cast, desk: TestDatabase, password: str, words: str
) -> None:
    address = invited(desk, cast)
    form = {"name": "新", "new_password": password, "again": password}
    assert words in visitor().post(address, form).content.decode()
    differing = {"name": "新", "new_password": NEW, "again": NEW + "!"}
    assert "两次填写的不一样" in visitor().post(address, differing).content.decode()


def test_a_reset_is_answered_the_same_whoever_it_is(
    cast: Cast, desk: TestDatabase, as_superuser: psycopg.Connection
) -> None:
    answers = {
        (answer.status_code, answer.headers["Location"])
        for email in (email_of("agent"), "nobody@example.test")
        for answer in [visitor().post(RESET, {"email": email})]
    }
    assert answers == {(302, "/account/reset/sent/")}
    written = letters(desk)
    assert [letter.recipient if letter else None for letter in written] == [
        email_of("agent"),
        None,
    ]


def test_a_new_password_ends_all_sessions_and_every_wait(cast: Cast, desk: TestDatabase) -> None:
    before = logged_in("agent")
    stranger = visitor(address="192.0.2.66")
    for _ in range(6):
        stranger.post(LOGIN, {"email": email_of("agent"), "password": "wrong"})
    visitor().post(RESET, {"email": email_of("agent")})
    address = address_in(letters(desk)[0])
    client = visitor()
    assert client.post(address, {"new_password": NEW, "again": NEW}).status_code == 302
    assert client.get("/account/").status_code == 200
    assert before.get("/account/").status_code == 302
    old = {"email": email_of("agent"), "password": PASSWORD}
    assert "不对" in visitor().post(LOGIN, old).content.decode()
    logged_in("agent", password=NEW)


def test_who_is_gone_gets_no_letter_and_no_link_works(cast: Cast, desk: TestDatabase) -> None:
    visitor().post(RESET, {"email": email_of("agent")})
    address = address_in(letters(desk)[0])
    end_membership(cast["operator"], person=cast["agent"], at=NOW)
    assert visitor().get(address).status_code == 410
    assert letters(desk) == [None]


def test_nobody_is_flooded_with_letters(cast: Cast, as_superuser: psycopg.Connection) -> None:
    for _ in range(5):
        last = visitor().post(RESET, {"email": "Agent@example.test"})
    assert last.status_code == 429
    rows = as_superuser.execute("SELECT kind FROM outbox_errand").fetchall()
    assert rows == [(SEND_PASSWORD_RESET,)] * 3
    assert SEND_INVITATION != SEND_PASSWORD_RESET


def test_a_letter_is_in_the_language_of_its_reader(
    cast: Cast, desk: TestDatabase, as_superuser: psycopg.Connection
) -> None:
    as_superuser.execute("UPDATE parties_person SET language = 'en' WHERE name = 'agent'")
    for name in ("agent", "lead"):
        visitor().post(RESET, {"email": email_of(name)})
    subjects = {letter.subject for letter in letters(desk) if letter}
    assert subjects == {"Reset your Pactdesk password", "重设约台密码"}


def test_the_password_is_changed_with_the_old_one_and_ends_other_sessions(cast: Cast) -> None:
    here, there = logged_in("agent"), logged_in("agent")
    form = {"password": "wrong", "new_password": NEW, "again": NEW}
    assert "当前密码不对" in here.post("/account/password/", form).content.decode()
    assert there.get("/account/").status_code == 200
    changed = here.post("/account/password/", form | {"password": PASSWORD})
    assert changed.headers["Location"] == "/account/?saved"
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    logged_in("agent", password=NEW)


def test_trying_old_passwords_in_an_open_session_is_slowed_down(cast: Cast) -> None:
    client = logged_in("agent")
    form = {"password": "wrong", "new_password": NEW, "again": NEW}
    for _ in range(5):
        client.post("/account/password/", form)
    page = client.post("/account/password/", form | {"password": PASSWORD}).content.decode()
    assert "尝试次数太多" in page


def test_the_profile_keeps_name_and_language(cast: Cast) -> None:
    client = logged_in("agent")
    saved = client.post("/account/", {"name": "小林", "language": "en"})
    page = client.get(saved.headers["Location"]).content.decode()
    assert "小林" in page
    assert '<html lang="en"' in page
    assert client.post("/account/", {"name": "", "language": "fr"}).status_code == 200
