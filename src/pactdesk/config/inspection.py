"""What a database says about itself: who we are in it, what we may, and how old it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import LiteralString

import psycopg

from pactdesk.config.errors import DatabaseUnreachable
from pactdesk.config.private_postgres import CLUSTER_NAME
from pactdesk.config.roles import BACKUP, OWNER

Connection = psycopg.Connection[tuple[object, ...]]

_POWERS: LiteralString = """
SELECT current_user::text,
       EXISTS (SELECT FROM pg_roles r
               WHERE r.rolsuper AND pg_has_role(current_user, r.oid, 'MEMBER')),
       EXISTS (SELECT FROM pg_roles r
               WHERE r.rolbypassrls AND pg_has_role(current_user, r.oid, 'MEMBER')),
       EXISTS (SELECT FROM pg_roles r WHERE r.rolname = ANY (%s)
               AND pg_has_role(current_user, r.oid, 'MEMBER')),
       EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname IN ('public', 'pactdesk')
               AND pg_has_role(current_user, c.relowner, 'MEMBER'))
"""
_CLUSTER: LiteralString = "SELECT current_setting('cluster_name')"


@dataclass(frozen=True, slots=True)
class Powers:
    """A role, and every reason why walls would not hold it; none is as it should be."""

    role: str
    reasons: tuple[str, ...]


@contextmanager
def connected(name: str, address: str) -> Iterator[Connection]:
    """A connection that reads and is gone afterwards.

    raises  DatabaseUnreachable, with what PostgreSQL said (it does not repeat passwords)
    """
    try:
        connection = psycopg.connect(address, connect_timeout=10, autocommit=True)
    except psycopg.Error as problem:
        said = " ".join(str(problem).split())[:300]
        raise DatabaseUnreachable(name=name, problem=said) from None
    with connection:
        yield connection


def powers(connection: Connection) -> Powers:
    """What makes the connection's role stronger than a runtime role may be."""
    row = connection.execute(_POWERS, [[OWNER, BACKUP]]).fetchone()
    assert row is not None  # noqa: S101  it has no FROM
    names = ("SUPERUSER", "BYPASSRLS", f"{OWNER} / {BACKUP}", "OWNER OF TABLES")
    held = (name for name, has in zip(names, row[1:], strict=True) if has)
    return Powers(str(row[0]), tuple(held))


def is_private_server(connection: Connection) -> bool:
    """Whether it is the private PostgreSQL that we made."""
    return connection.execute(_CLUSTER).fetchone() == (CLUSTER_NAME,)
