"""Visitors of the pages: people of the cast with a password, and clients that are logged in."""

from __future__ import annotations

import psycopg
from django.contrib.auth.hashers import make_password
from django.test import Client

from tests.support.cast import Cast
from tests.support.database import TestDatabase

PASSWORD = "青花瓷-在雨里-等你"  # noqa: S105  of people who do not exist


def email_of(name: str) -> str:
    """The address of somebody of the cast."""
    return f"{name}@example.test"


def give_password(desk: TestDatabase, cast: Cast, *names: str, password: str = PASSWORD) -> None:
    """Past all walls, so that a test of the walls does not lean on them."""
    with psycopg.connect(desk.address("pactdesk_admin")) as connection:
        for name in names:
            connection.execute(
                "UPDATE parties_person SET password = %s WHERE id = %s",
                [make_password(password), cast[name]],
            )


def visitor(*, address: str = "192.0.2.1", strict: bool = False) -> Client:
    """Somebody with a browser. `strict`: forms need their CSRF token, as outside of tests."""
    return Client(enforce_csrf_checks=strict, raise_request_exception=False, REMOTE_ADDR=address)


def logged_in(name: str, *, password: str = PASSWORD, address: str = "192.0.2.1") -> Client:
    """Somebody of the cast, come in through the page."""
    client = visitor(address=address)
    answer = client.post("/account/login/", {"email": email_of(name), "password": password})
    assert answer.status_code == 302, answer.content.decode()
    return client
