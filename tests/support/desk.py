"""Fixtures for tests that need the desk's database. They start it; nothing is ever skipped.

`desk` gives one test an empty, migrated database, as the pages see it (role app).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from django.db import connections

from tests.support.database import TestDatabase, test_database


@pytest.fixture(scope="session")
def desk_database() -> Iterator[TestDatabase]:
    """This process's own database on the shared private server; Django is pointed at it."""
    with test_database(os.environ.get("PYTEST_XDIST_WORKER", "")) as database:
        _point_django_at(database.settings())
        yield database
        connections.close_all()


@pytest.fixture
def desk(desk_database: TestDatabase) -> Iterator[TestDatabase]:
    """An empty desk. What a test leaves behind is swept away after it, not rolled back:
    scopes belong to real transactions, and those end."""
    yield desk_database
    left_open = [one.alias for one in connections.all(initialized_only=True) if one.in_atomic_block]
    # A browser of the whole module may hold this thread's event loop, and Django then refuses
    # even to close what an earlier test had opened.
    with pytest.MonkeyPatch.context() as allowed:
        allowed.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        connections.close_all()
    desk_database.sweep()
    assert not left_open


@pytest.fixture
def as_app(desk: TestDatabase) -> Iterator[psycopg.Connection]:
    """A bare connection of the pages' role, without Django."""
    with psycopg.connect(desk.address("pactdesk_app")) as connection:
        yield connection


@pytest.fixture
def as_owner(desk: TestDatabase) -> Iterator[psycopg.Connection]:
    """A bare connection of the role that owns the tables."""
    with psycopg.connect(desk.address("pactdesk_owner")) as connection:
        yield connection


@pytest.fixture
def as_superuser(desk: TestDatabase) -> Iterator[psycopg.Connection]:
    """A bare connection that no wall stops, to see what is really there."""
    with psycopg.connect(desk.address("pactdesk_admin"), autocommit=True) as connection:
        yield connection


def _point_django_at(databases: dict[str, dict[str, Any]]) -> None:
    """Django read its settings when there was no server yet."""
    connections.settings = connections.configure_settings(databases)
    with suppress(AttributeError):
        del connections["default"]  # made for nowhere, if it was made
