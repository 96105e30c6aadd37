"""Which database, as which role: from the environment, as Django wants it.

`DATABASE_URL` is the address for pages (role app), `DATABASE_WORKER_URL` for jobs and
`DATABASE_OWNER_URL` for migrations. A process gets only those that it needs: the pages never
see the owner's password.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from pactdesk.config.errors import DatabaseAddressWrong, SettingMissing

NOWHERE: Mapping[str, Any] = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": "no_database_yet",
    "HOST": "127.0.0.1",
    "PORT": "1",
}


def databases(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: `default` runs the work, `owner` (where its address is given) migrates.

    raises  SettingMissing, DatabaseAddressWrong
    """
    name = "DATABASE_WORKER_URL" if environ.get("PACTDESK_PROCESS") == "worker" else "DATABASE_URL"
    if not environ.get(name):
        raise SettingMissing(name=name)
    found = {"default": connection_settings(name, environ[name])}
    if environ.get("DATABASE_OWNER_URL"):
        owner = connection_settings("DATABASE_OWNER_URL", environ["DATABASE_OWNER_URL"])
        found["owner"] = owner
    return found


def connection_settings(name: str, address: str) -> dict[str, Any]:
    """One entry of DATABASES, from `postgresql://user:password@host:port/database`.

    name    the setting it comes from, for the sentence when it is wrong
    raises  DatabaseAddressWrong

    >>> connection_settings("DATABASE_URL", "postgresql://app:x@db/pact")["HOST"]
    'db'
    """
    try:
        parts = dict(conninfo_to_dict(address))
    except psycopg.ProgrammingError:
        raise DatabaseAddressWrong(name=name) from None
    if not (parts.get("user") and parts.get("dbname") and parts.get("host")):
        raise DatabaseAddressWrong(name=name)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "USER": str(parts.pop("user")),
        "NAME": str(parts.pop("dbname")),
        "HOST": str(parts.pop("host")),
        "PASSWORD": str(parts.pop("password", "")),
        "PORT": str(parts.pop("port", "")),
        # Long-lived connections; a scope ends with its transaction, never with a connection.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts,
    }
