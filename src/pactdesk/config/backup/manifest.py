"""What a backup says about itself: versions, counts, last seals."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import LiteralString

from psycopg import sql

from pactdesk.config.errors import BackupUnreadable
from pactdesk.config.inspection import Connection

_TABLES: LiteralString = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname IN ('public', 'pactdesk') ORDER BY 1, 2
"""
_SEALS: LiteralString = """
SELECT DISTINCT ON (contract_id) contract_id::text, digest
FROM evidence_checkpoint ORDER BY contract_id, number DESC
"""
_NOW: LiteralString = "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Of one instant of the database.

    tables   name → rows
    seals    contract's id → digest of its last checkpoint
    vault    the text of the vault's keys, only when it was asked for
    """

    taken_at: str
    pactdesk: str
    postgres: str
    migrations: tuple[str, ...]
    tables: Mapping[str, int]
    seals: Mapping[str, str]
    vault: str = ""

    def to_bytes(self) -> bytes:
        """As JSON."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, content: bytes, name: str) -> Manifest:
        """The inverse; raises BackupUnreadable."""
        try:
            said = json.loads(content)
            return cls(**{**said, "migrations": tuple(said["migrations"])})
        except (ValueError, TypeError, KeyError):
            raise BackupUnreadable(file=name) from None


def manifest_of(connection: Connection, vault: str = "") -> Manifest:
    """Read in the connection's transaction."""
    [[taken_at], [postgres]] = (_column(connection, each) for each in (_NOW, "SHOW server_version"))
    applied = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY id")
    return Manifest(
        taken_at=taken_at,
        pactdesk=version("pactdesk"),
        postgres=postgres,
        migrations=tuple(str(name) for (name,) in applied),
        tables=table_counts(connection),
        seals={str(key): str(digest) for key, digest in connection.execute(_SEALS).fetchall()},
        vault=vault,
    )


def table_counts(connection: Connection) -> dict[str, int]:
    """Rows of every table."""
    counts = {}
    for schema, table in connection.execute(_TABLES).fetchall():
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(str(schema), str(table)))
        [[count]] = connection.execute(query).fetchall()
        counts[f"{schema}.{table}"] = int(str(count))
    return counts


def _column(connection: Connection, query: LiteralString) -> list[str]:
    return [str(row[0]) for row in connection.execute(query).fetchall()]
