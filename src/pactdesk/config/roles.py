"""The three database roles, and a database that belongs to one of them.

`pactdesk_owner` migrates and owns the tables; `pactdesk_app` serves pages and the live door;
`pactdesk_worker` does the jobs. The last two own nothing and no row-level wall lets them by.
Row-level security and grants come with each table's migration, not from here.

`pactdesk_backup` is nobody who logs in: the owner takes it on to read everything for a backup,
because the walls hold the owner, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import psycopg
from psycopg import sql

OWNER, APP, WORKER = "pactdesk_owner", "pactdesk_app", "pactdesk_worker"
DATABASE_ROLES = (OWNER, APP, WORKER)
BACKUP = "pactdesk_backup"

# Said in full, so that a role that was made by hand is put right too.
_HARMLESS = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION INHERIT"


def make_roles(admin_address: str, passwords: Mapping[str, str]) -> None:
    """Make the three roles, or put them right; run again it changes nothing.

    admin_address  connects as somebody who may create roles
    passwords      by role; a role without one keeps what it has
    """
    with psycopg.connect(admin_address, autocommit=True) as connection:
        connection.execute("SET log_statement = 'none'")  # a log must not hold passwords
        known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role in DATABASE_ROLES:
            verb = "ALTER" if role in known else "CREATE"
            statement = sql.SQL(f"{verb} ROLE {{}} {_HARMLESS}").format(sql.Identifier(role))
            if role in passwords:
                statement += sql.SQL(" PASSWORD {}").format(sql.Literal(passwords[role]))
            connection.execute(statement)
        with suppress(psycopg.errors.InsufficientPrivilege):
            # Not everywhere may an administrator make it; `pactdesk doctor` then says what to do.
            verb = "ALTER" if BACKUP in known else "CREATE"
            connection.execute(f"{verb} ROLE {BACKUP} NOLOGIN NOSUPERUSER BYPASSRLS")
            connection.execute(f"GRANT pg_read_all_data TO {BACKUP}")
            connection.execute(f"GRANT {BACKUP} TO {OWNER}")


def make_database(admin_address: str, name: str, template: str | None = None) -> None:
    """Make the database `name` for the owner role, closed to everybody else but app and worker.

    One that exists keeps its contents; its owner and rights are put right.
    """
    with psycopg.connect(admin_address, autocommit=True) as connection:
        database = sql.Identifier(name)
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not found.fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} ENCODING 'UTF8'").format(
                    database, sql.Identifier(OWNER), sql.Identifier(template or "template0")
                )
            )
        for right in (
            "ALTER DATABASE {} OWNER TO " + OWNER,
            "REVOKE ALL ON DATABASE {} FROM PUBLIC",
            f"GRANT CONNECT ON DATABASE {{}} TO {APP}, {WORKER}",
        ):
            connection.execute(sql.SQL(right).format(database))


def close_schema(admin_address: str) -> None:
    """Let nobody but the owner make anything in the schema `public` of this database."""
    with psycopg.connect(admin_address, autocommit=True) as connection:
        connection.execute(f"ALTER SCHEMA public OWNER TO {OWNER}")
        connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        connection.execute(f"GRANT USAGE ON SCHEMA public TO {APP}, {WORKER}")
