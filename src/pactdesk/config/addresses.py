"""PostgreSQL addresses of the roles, from that of somebody who may make them."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

from pactdesk.config.errors import DatabaseAddressWrong
from pactdesk.config.inspection import connected

_NOT_PASSED_ON = {"user", "password", "dbname", "host", "port", "passfile"}


def address_of(admin: str, *, role: str, password: str, database: str) -> str:
    """The same server, as `role` with `password`, to `database`.

    The roles log in by password. An administrator who came through the socket mostly did so by
    being that Unix user, which the roles are not: they get the server's TCP address.

    raises  DatabaseAddressWrong, DatabaseUnreachable
    """
    try:
        parts = {name: str(value) for name, value in conninfo_to_dict(admin).items() if value}
    except psycopg.ProgrammingError:
        raise DatabaseAddressWrong(name="DATABASE_ADMIN_URL") from None
    host, port = parts.get("host", ""), parts.get("port", "5432")
    if not host or host.startswith("/"):
        with connected("DATABASE_ADMIN_URL", admin) as connection:
            row = connection.execute("SHOW port").fetchone()
            host, port = "127.0.0.1", str(row[0] if row else port)
    more = {name: value for name, value in parts.items() if name not in _NOT_PASSED_ON}
    end = f"?{urlencode(more)}" if more else ""
    shown = f"[{host}]" if ":" in host else host
    return f"postgresql://{role}:{quote(password)}@{shown}:{port}/{quote(database)}{end}"


def with_database(address: str, name: str) -> str:
    """The same address, of another database.

    >>> "dbname=pact" in with_database("host=/run/postgresql user=me", "pact")
    True
    """
    return psycopg.conninfo.make_conninfo(address, dbname=name)
