"""Attacks on the pages: whatever is sent, nothing breaks, stays in a cache, or is done unasked."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from uuid import UUID

import psycopg
import pyotp
import pytest
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.utils import timezone

from pactdesk.core.units.instants import instant_of
from pactdesk.gateways.vault.vault_keys import VaultKeys
from pactdesk.messages.catalogue import text
from tests.support.cast import Cast
from tests.support.chats import Chats
from tests.support.visitors import PASSWORD, email_of, logged_in, visitor
from tests.web.walls.conftest import Things
from tests.web.walls.test_every_page import PUBLIC, TABLE, Address, addresses

pytestmark = pytest.mark.requirement("C10")

NASTY = ("\x00", "9999-12-31", "-1", "9" * 30)
ASKED = (
    *("month", "place", "sort", "page", "person", "verb", "day", "org", "next", "done"),
    *("find", "only", "merchant", "client", "state", "theme", "contract", "show", "q"),
)
SENT = (
    *("body", "key", "reason", "answer", "outcome", "hash", "email", "name", "content", "do"),
    *("role", "contract", "code", "password", "language", "next", "kind", "theme", "required"),
)
MARKUP = "<img src=x onerror=alert(1)>\"'</script>{{7*7}}"
TYPED = (
    ("parties_person", "name"),
    ("parties_organisation", "name"),
    ("contracts_contract", "title"),
    ("contracts_sourcedocument", "name"),
    ("conversations_site", "name"),
    ("statements_objection", "reason"),
)
GOES_OUT = ("account:logout", "account:revoke_others", "account:password")


@pytest.mark.parametrize("name", ["lead", "operator"])
def test_whatever_is_asked_or_sent_no_page_breaks(things: Things, name: str) -> None:
    client = logged_in(name)
    broken = []
    for address in addresses(things):
        if address.name in GOES_OUT:
            continue
        for nasty in NASTY:
            found = client.get(address.path, dict.fromkeys(ASKED, nasty))
            broken += [f"GET {address.name} {nasty!r}"] if found.status_code >= 500 else []
        for nasty in NASTY[:2]:
            found = client.post(address.path, dict.fromkeys(SENT, nasty))
            broken += [f"POST {address.name} {nasty!r}"] if found.status_code >= 500 else []
    assert broken == []


def test_no_private_page_stays_in_a_cache_and_each_says_who_frames_it_and_what_runs_in_it(
    things: Things,
) -> None:
    kept = []
    for address, answer in visited(things, "lead", "operator", "manager_of_baita"):
        control = answer.headers.get("Cache-Control", "")
        shared = "no-store" not in control and "private" not in control
        # Drawings and pictures stay in the one browser, whose cookie is part of their name there.
        private = "private" in control and "Cookie" in answer.headers.get("Vary", "")
        if TABLE[address.name] is not PUBLIC and (shared or not ("no-store" in control or private)):
            kept.append(f"{address.name}: {control or 'nothing said'}")
        policy = answer.headers["Content-Security-Policy"]
        closed = ("frame-ancestors 'none'", "sandbox", "default-src 'none'")
        assert any(word in policy for word in closed), address
        assert answer.headers["X-Frame-Options"] == "DENY", address
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address
        assert "'unsafe-eval'" not in policy, address
        if "html" in answer.headers["Content-Type"]:
            assert "unsafe-inline" not in policy, address
    assert kept == []


@pytest.mark.parametrize("name", ["lead", "operator", "manager_of_baita"])
def test_markup_in_any_name_or_text_is_shown_and_not_run(
    things: Things, cast: Cast, as_superuser: psycopg.Connection, name: str
) -> None:
    with as_superuser.transaction():
        for table, column in TYPED:
            as_superuser.execute(f"UPDATE {table} SET {column} = %s", [MARKUP])  # noqa: S608  ours
    Chats(cast).opened("baita", instant_of(timezone.now()) - 1000, MARKUP)
    seen = set()
    for address, answer in visited(things, name):
        if "html" not in answer.headers["Content-Type"]:
            continue
        assert isinstance(answer, HttpResponse)
        page = answer.content.decode()
        assert "<img src=x" not in page, address
        assert "</script>{{" not in page, address
        seen |= {address.name} if "&lt;img src=x" in page else set()
    assert seen, "nothing of it was shown at all"


def test_no_form_is_taken_without_its_token(things: Things) -> None:
    for name in ("lead", "operator", "manager_of_baita"):
        strict = visitor(strict=True)
        strict.cookies = logged_in(name).cookies
        for address in addresses(things):
            answer = strict.post(address.path, dict.fromkeys(SENT, "x"))
            # `require_POST` and the like stand behind the token; nothing is before it.
            assert answer.status_code == 403, address
            assert text("ui", "state.expired.title", "zh") in answer.content.decode(), address


def test_a_refused_form_speaks_the_visitors_language(things: Things) -> None:
    answer = visitor(strict=True).post("/account/login/", headers={"Accept-Language": "en"})
    assert text("ui", "state.expired.title", "en") in answer.content.decode()


def test_a_wrong_host_or_an_unreadable_address_is_told_in_our_words(things: Things) -> None:
    for answer in (
        visitor().get("/", headers={"Host": "evil.example"}),
        visitor().get("/account/login/?next=%00"),
        visitor().get("/account/reset/%00/"),
        visitor().post("/account/login/", {"email": "a\x00b"}),
    ):
        assert answer.status_code == 400
        assert text("ui", "state.unreadable.title", "zh") in answer.content.decode()
        assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize(
    "after",
    [
        "https://evil.example/",
        "//evil.example/",
        "\\\\evil.example",
        "/\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "https://testserver@evil.example/",
        " //evil.example",
        "/\tevil\r\nSet-Cookie: a=b",
    ],
)
def test_nobody_is_led_elsewhere(cast: Cast, after: str) -> None:
    client = visitor()
    came_in = client.post(
        "/account/login/", {"email": email_of("lead"), "password": PASSWORD, "next": after}
    )
    switched = client.post("/_display/language/", {"language": "en", "next": after})
    for answer in (came_in, switched):
        place = answer.headers["Location"]
        assert re.match(r"/(?![/\\])", place), place
        assert not {"\r", "\n", "\t"} & set(place)
        assert "a" not in client.cookies


def test_half_a_log_in_opens_no_page(things: Things, cast: Cast) -> None:
    client = half_in(cast["lead"])
    for address in addresses(things):
        if TABLE[address.name] is not PUBLIC:
            assert led_to_log_in(client.get(address.path), address)
            assert led_to_log_in(client.post(address.path), address)


def test_who_is_dismissed_between_the_two_steps_does_not_come_in(
    things: Things, cast: Cast, as_superuser: psycopg.Connection
) -> None:
    client = half_in(cast["lead"])
    with as_superuser.transaction():
        as_superuser.execute(
            "UPDATE parties_membership SET ended_at = now() WHERE person_id = %s", [cast["lead"]]
        )
    answer = client.post("/account/login/code/", {"code": "123456"})
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/account/login/")
    assert client.get("/account/").status_code == 302


def test_a_session_from_before_the_log_in_is_worth_nothing_after_it(cast: Cast) -> None:
    client = visitor()
    client.get("/account/login/code/")
    client.cookies["sessionid"] = "chosenbytheattacker0000000000000"
    client.post("/account/login/", {"email": email_of("lead"), "password": PASSWORD})
    assert client.cookies["sessionid"].value != "chosenbytheattacker0000000000000"
    other = visitor()
    other.cookies["sessionid"] = "chosenbytheattacker0000000000000"
    assert other.get("/account/").status_code == 302


def visited(things: Things, *names: str) -> Iterator[tuple[Address, HttpResponseBase]]:
    """Every page that somebody can open."""
    for name in names:
        client = logged_in(name)
        for address in addresses(things):
            if address.name == "account:logout":
                continue
            answer = client.get(address.path)
            if answer.status_code == 200:
                yield address, answer


def half_in(person: UUID) -> Client:
    """Somebody whose password was right and whose code is awaited."""
    from pactdesk.apps.parties.second_factor import begin_second_factor, confirm_second_factor

    vault = VaultKeys.from_environment(os.environ)
    secret = begin_second_factor(person, vault)
    confirm_second_factor(person, pyotp.TOTP(secret).now(), at=timezone.now(), vault=vault)
    client = visitor()
    answer = client.post("/account/login/", {"email": email_of("lead"), "password": PASSWORD})
    assert answer.headers["Location"] == "/account/login/code/"
    return client


def led_to_log_in(answer: HttpResponseBase, address: Address) -> bool:
    if answer.status_code == 405:
        return True
    found = answer.headers.get("Location", "")
    assert (answer.status_code, found[:15]) == (302, "/account/login/"), address
    return True
