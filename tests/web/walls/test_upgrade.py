"""A desk of an earlier version, with data in it, is upgraded and goes on."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.support.database import TestDatabase
from tests.support.visitors import logged_in
from tests.web.walls.conftest import SAID, Things

pytestmark = pytest.mark.requirement("C10")

EARLIER = {
    "requests": "zero",
    "quality": "zero",
    "workforce": "zero",
    "statements": "0001_initial",
    "conversations": "0004_site_privacy",
    "contracts": "0002_first_day_filled",
    "evidence": "0001_initial",
    "parties": "0003_jobs_change_nobody",
}
"""What the first version that companies could begin with had."""


@pytest.fixture
def earlier(desk: TestDatabase, things: Things) -> Iterator[TestDatabase]:
    """The database as that version had it, with one of everything; whole again afterwards."""
    try:
        for app, name in EARLIER.items():
            call_command("migrate", app, name, database="owner", interactive=False, verbosity=0)
        yield desk
    finally:
        call_command("migrate", database="owner", interactive=False, verbosity=0)


def rows(connection: psycopg.Connection) -> dict[str, int]:
    """Table → how many rows."""
    names = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        " AND tablename NOT LIKE 'procrastinate%%' AND tablename <> 'django_migrations'"
    ).fetchall()
    counted = {}
    for (name,) in names:
        found = connection.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608  ours
        assert found
        counted[name] = found[0]
    return counted


def test_everything_is_there_after_the_upgrade_behind_its_walls(
    earlier: TestDatabase, things: Things, as_superuser: psycopg.Connection
) -> None:
    from pactdesk.config.doctor import _OPEN_TABLES, WITHOUT_WALLS
    from pactdesk.config.upgrading import standing, upgrade

    before = rows(as_superuser)
    missing = standing("owner").missing
    assert "parties.0004_people_of_clients" in missing
    assert upgrade(earlier.address("pactdesk_owner")) == missing
    assert standing("owner").missing == ()
    after = rows(as_superuser)
    types = {"django_content_type", "auth_permission"}
    assert {name: after[name] for name in before.keys() - types} == {
        name: count for name, count in before.items() if name not in types
    }
    open_tables = {name for (name,) in as_superuser.execute(_OPEN_TABLES)}
    assert {one for one in open_tables if not one.startswith("procrastinate")} <= WITHOUT_WALLS
    client, told = logged_in("lead"), things.filled
    chat = reverse("desk:conversation", args=[told["conversation"]])
    assert SAID in client.get(chat).content.decode()
    assert client.get(reverse("portal:statement", args=[told["statement"]])).status_code == 200
