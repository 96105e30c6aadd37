"""The roles that the desk runs as can do nothing that they need not."""

from __future__ import annotations

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
