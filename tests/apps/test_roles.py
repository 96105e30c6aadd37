"""The roles that the desk runs as can do nothing that they need not."""

from __future__ import annotations

import os
import subprocess
import sys

import psycopg
import pytest

from tests.support.database import TestDatabase

RUNTIME = ("pactdesk_app", "pactdesk_worker")


@pytest.mark.parametrize("role", RUNTIME)
def test_the_runtime_roles_are_nothing_special(desk: TestDatabase, role: str) -> None:
    with psycopg.connect(desk.address(role)) as connection:
        row = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert row == (role, False, False, False, False, False)


def test_the_models_have_their_migrations(desk: TestDatabase) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "django", "makemigrations", "--check", "--dry-run"],
        env={**os.environ, **desk.environment()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_migrations_can_be_undone_and_done_again(desk: TestDatabase) -> None:
    for target in (["walls", "zero"], []):
        done = subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--database", "owner", *target],
            env={**os.environ, **desk.environment()},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
