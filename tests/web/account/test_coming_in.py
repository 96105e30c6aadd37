"""Coming in and going out, through the pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.test import Client

from pactdesk.apps.parties.actions import end_membership
from pactdesk.apps.parties.sessions import key_hash
from tests.support.cast import Cast
from tests.support.visitors import PASSWORD, email_of, logged_in, visitor

LOGIN = "/account/login/"
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def come_in(client: Client, name: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"email": email_of(name), "password": password, **more})


def is_in(client: Client) -> bool:
    return client.get("/account/sessions/").status_code == 200


def verbs(connection: psycopg.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT verb FROM audit_entry ORDER BY id")]


def test_a_page_leads_a_stranger_to_the_log_in_and_then_back(cast: Cast) -> None:
    client = visitor()
    asked = client.get("/account/sessions/")
    assert asked.headers["Location"] == f"{LOGIN}?next=/account/sessions/"
    page = client.get(asked.headers["Location"])
    assert 'name="next" value="/account/sessions/"' in page.content.decode()
    entered = come_in(client, "agent", next="/account/sessions/")
    assert entered.headers["Location"] == "/account/sessions/"
    assert is_in(client)


def test_an_address_in_capitals_is_the_same_address(cast: Cast) -> None:
    client = visitor()
    client.post(LOGIN, {"email": " Agent@Example.TEST ", "password": PASSWORD})
    assert is_in(client)


@pytest.mark.parametrize(
    "after", ["https://elsewhere.test/", "//elsewhere.test", "javascript:alert(1)", "/\\elsewhere"]
)
def test_a_log_in_never_leads_to_another_site(cast: Cast, after: str) -> None:
    assert come_in(visitor(), "agent", next=after).headers["Location"] == "/"
    client = logged_in("agent")
    assert client.get(LOGIN, {"next": after}).headers["Location"] == "/"


def test_unknown_wrong_inactive_and_gone_are_told_the_same(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    end_membership(cast["operator"], person=cast["qa"], at=NOW)
    as_superuser.execute("UPDATE parties_person SET is_active = false WHERE name = 'planner'")
    as_superuser.execute("UPDATE parties_person SET password = '!' WHERE name = 'finance'")
    tries = [("agent", "wrong"), ("nobody", PASSWORD), ("qa", PASSWORD), ("planner", PASSWORD)]
    pages = {
        re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(
            email_of(name), ""
        )
        for name, password in [*tries, ("finance", PASSWORD)]
        for answer in [come_in(visitor(), name, password)]
    }
    assert len(pages) == 1
    assert "电子邮箱或密码不对" in pages.pop()
    assert verbs(as_superuser) == ["parties.end_membership"] + 5 * ["parties.log_in_failed"]


def test_a_log_in_changes_the_key_of_the_session(cast: Cast) -> None:
    """Whoever planted a key in somebody's browser has nothing of it."""
    client = logged_in("agent")
    first = client.cookies["sessionid"].value
    client.post("/account/logout/")
    client.cookies["sessionid"] = first
    come_in(client, "agent")
    assert client.cookies["sessionid"].value != first
    stale = visitor()
    stale.cookies["sessionid"] = first
    assert not is_in(stale)


def test_the_key_of_a_session_is_not_in_the_database(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    key = logged_in("agent").cookies["sessionid"].value
    rows = as_superuser.execute("SELECT key_hash, person_id, address FROM parties_session")
    assert rows.fetchall() == [(key_hash(key), cast["agent"], "192.0.2.1")]
    assert key_hash(key) != key


def test_log_out_ends_the_session_in_the_database_and_wants_a_post(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    client = logged_in("agent")
    key = client.cookies["sessionid"].value
    assert client.get("/account/logout/").status_code == 405
    assert client.post("/account/logout/").headers["Location"] == LOGIN
    client.cookies["sessionid"] = key
    assert not is_in(client)
    assert as_superuser.execute("SELECT count(*) FROM parties_session").fetchone() == (0,)
    assert verbs(as_superuser) == ["parties.log_in", "parties.log_out"]


def test_an_expired_session_is_none(cast: Cast, as_superuser: psycopg.Connection) -> None:
    client = logged_in("agent")
    as_superuser.execute("UPDATE parties_session SET expires_at = now()")
    assert not is_in(client)


def test_the_list_shows_ones_own_sessions_and_ends_one_of_them(cast: Cast) -> None:
    here, there, other = logged_in("agent"), logged_in("agent", address="::1"), logged_in("lead")
    page = here.get("/account/sessions/").content.decode()
    assert page.count('class="visit"') == 2
    assert "::1" in page
    address = re.search(r'action="(/account/sessions/[0-9a-f-]{36}/)"', page)
    assert address
    assert other.post(address[1]).status_code == 404
    assert is_in(there)
    assert here.post(address[1]).status_code == 302
    assert (is_in(here), is_in(there), is_in(other)) == (True, False, True)


def test_all_other_sessions_end_at_once(cast: Cast) -> None:
    here, there, other = logged_in("agent"), logged_in("agent"), logged_in("lead")
    here.post("/account/sessions/others/")
    assert (is_in(here), is_in(there), is_in(other)) == (True, False, True)


def test_the_end_of_a_membership_ends_the_sessions(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    client = logged_in("agent")
    end_membership(cast["operator"], person=cast["agent"], at=NOW)
    assert client.get("/account/sessions/").headers["Location"].startswith(LOGIN)
    assert as_superuser.execute("SELECT count(*) FROM parties_session").fetchone() == (0,)


def test_a_session_says_when_it_was_seen_to_the_minute(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    client = logged_in("agent")
    seen = "SELECT last_seen_at FROM parties_session"
    first = as_superuser.execute(seen).fetchone()
    is_in(client)
    assert as_superuser.execute(seen).fetchone() == first
    as_superuser.execute("UPDATE parties_session SET last_seen_at = now() - interval '2 minutes'")
    is_in(client)
    later = as_superuser.execute(seen).fetchone()
    assert first
    assert later
    assert later[0] >= first[0] - timedelta(seconds=1)


@pytest.mark.parametrize("page", [LOGIN, "/account/logout/", "/account/sessions/others/"])
def test_a_post_without_its_token_is_refused(cast: Cast, page: str) -> None:
    client = visitor(strict=True)
    page_with_token = client.get(LOGIN).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page_with_token)
    assert token
    form = {"email": email_of("agent"), "password": PASSWORD}
    assert client.post(LOGIN, form).status_code == 403
    assert client.post(LOGIN, form | {"csrfmiddlewaretoken": token[1]}).status_code == 302
    assert client.post(page, form).status_code == 403


def test_the_headers_and_cookies_keep_others_out(cast: Cast, settings_of_production: None) -> None:
    client = visitor()
    entered = client.post(LOGIN, {"email": email_of("agent"), "password": PASSWORD}, secure=True)
    for name in ("sessionid", "known_browser", "csrftoken"):
        cookie = entered.cookies[name]
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
    page = client.get("/account/sessions/", secure=True)
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert "no-store" in visitor().get(LOGIN).headers["Cache-Control"]
