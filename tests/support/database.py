"""One private PostgreSQL for all tests of this machine's user, one database for each process.

The server lies in the cache and keeps a migrated template from run to run, made anew when a
migration changes. Every process that uses it holds a shared lock; the last one out stops it.
The kernel frees the locks of killed processes, so after a crash the next run finds a server
that runs, or a stale one, and in either case goes on; it also drops what the crash left.
"""

from __future__ import annotations

import ast
import fcntl
import hashlib
import os
import secrets
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

from pactdesk.config.database import connection_settings
from pactdesk.config.private_postgres import ADMIN, PrivateServer, server_folder, start, stop
from pactdesk.config.roles import (
    APP,
    DATABASE_ROLES,
    OWNER,
    close_schema,
    make_database,
    make_roles,
)

ROOT = Path(__file__).resolve().parents[2]
OURS = "test_"
TEMPLATES = "template_"

# What the template is made from, with all that these import; Django and the wheel are in the locks.
MADE_FROM = (
    "src/pactdesk/**/migrations/*.py",
    "src/pactdesk/config/roles.py",
    "src/pactdesk/config/private_postgres.py",
    "requirements/*",
)


@dataclass(frozen=True, slots=True)
class TestDatabase:
    """A database of our own on the shared server."""

    __test__ = False

    server: PrivateServer
    name: str

    def address(self, role: str) -> str:
        """What psycopg connects with."""
        return self.server.address(role, self.name)

    def settings(self) -> dict[str, dict[str, Any]]:
        """Django's DATABASES: pages by default, the owner, and one that no wall stops."""
        return {
            "default": connection_settings("DATABASE_URL", self.address(APP)),
            "owner": connection_settings("DATABASE_OWNER_URL", self.address(OWNER)),
            "unwalled": connection_settings("DATABASE_URL", self.address(ADMIN)),
        }

    def environment(self) -> dict[str, str]:
        """What a process of the desk is started with, to work on this database."""
        return {
            "PACTDESK_MODE": "demo",
            "DJANGO_SETTINGS_MODULE": "pactdesk.config.settings",
            "DATABASE_URL": self.address(APP),
            "DATABASE_WORKER_URL": self.address("pactdesk_worker"),
            "DATABASE_OWNER_URL": self.address(OWNER),
        }

    def sweep(self) -> None:
        """Empty every table that has rows, but the record of migrations."""
        with psycopg.connect(self.address(ADMIN), autocommit=True) as connection:
            connection.execute(SWEEP)


# Few rows are deleted, which takes a tenth of the time: TRUNCATE makes new files for every table
# and index. Many are truncated, also those that were deleted before and still take up room.
# Nothing that a trigger holds (links, logs that only grow) stops either; who still writes is
# waited for. Numbers begin anew. The facts are always truncated: only that forgets how many rows
# the planner counted, and a month of facts that it takes for three is searched for minutes.
SWEEP = """
DO $$
DECLARE
    one text;
    full_ones text[] := '{}';
    has_rows boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
        AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', one) INTO has_rows;
        IF has_rows THEN full_ones := full_ones || quote_ident(one); END IF;
    END LOOP;
    IF full_ones = '{}' THEN RETURN; END IF;
    EXECUTE 'LOCK TABLE ' || array_to_string(full_ones, ', ') || ' IN SHARE ROW EXCLUSIVE MODE';
    FOREACH one IN ARRAY full_ones
    LOOP
        IF one = 'evidence_fact' OR pg_table_size(one::regclass) > 512 * 1024 THEN
            EXECUTE 'TRUNCATE ' || one || ' CASCADE';
        ELSE
            EXECUTE 'DELETE FROM ' || one;
        END IF;
    END LOOP;
    PERFORM setval(format('%I', sequencename)::regclass, start_value, false) FROM pg_sequences
        WHERE schemaname = 'public' AND last_value IS NOT NULL
        AND sequencename NOT IN (
            'django_migrations_id_seq', 'django_content_type_id_seq', 'auth_permission_id_seq');
END $$
"""


@contextmanager
def test_database(worker: str) -> Iterator[TestDatabase]:
    """A migrated, empty database of our own, dropped at the end."""
    folder = server_folder(os.environ, "tests")
    template = TEMPLATES + fingerprint()
    with (folder / "users").open("w") as users, (folder / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        alone = _take_alone(users)
        server = start(folder, durable=False)
        if alone:
            _drop_leftovers(server, keep=template)
        fcntl.flock(users, fcntl.LOCK_SH)
        _make_template(server, template)
        name = f"{OURS}{os.getpid()}_{worker}_{secrets.token_hex(4)}"
        make_database(server.address(ADMIN, "postgres"), name, template)
        fcntl.flock(turn, fcntl.LOCK_UN)
        try:
            yield TestDatabase(server=server, name=name)
        finally:
            fcntl.flock(turn, fcntl.LOCK_EX)
            _drop(server, name)
            fcntl.flock(users, fcntl.LOCK_UN)
            if _take_alone(users):
                stop(folder)


test_database.__test__ = False  # type: ignore[attr-defined]  # its name begins like a test's


def fingerprint() -> str:
    """Changes with anything that a migrated database follows from, and with little else."""
    digest = hashlib.sha256()
    for file in sorted(_with_all_imported(file for one in MADE_FROM for file in ROOT.glob(one))):
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:20]


def _with_all_imported(files: Iterable[Path]) -> set[Path]:
    """These files and the modules of the product that they lean on, and those lean on …"""
    found: set[Path] = set()
    left = list(files)
    while left:
        file = left.pop()
        if file not in found:
            found.add(file)
            left += _imported_by(file) if file.suffix == ".py" else ()
    return found


def _imported_by(file: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(file.read_bytes())):
        names = [one.name for one in getattr(node, "names", ()) if isinstance(one, ast.alias)]
        module = getattr(node, "module", None)
        for name in names if module is None else [module, *(f"{module}.{one}" for one in names)]:
            path = ROOT / "src" / Path(*name.split("."))
            yield from (
                one for one in (path.with_suffix(".py"), path / "__init__.py") if one.is_file()
            )


def migrate(environment: Mapping[str, str]) -> None:
    """Run the migrations as the owner, in a process of their own."""
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--database", "owner", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _make_template(server: PrivateServer, template: str) -> None:
    """Made under another name and renamed when whole."""
    admin = server.address(ADMIN, "postgres")
    with psycopg.connect(admin, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if found.fetchone():
            return
        make_roles(admin, {role: server.passwords[role] for role in DATABASE_ROLES})
        fresh = TestDatabase(server=server, name=f"{OURS}fresh_{template}")
        _drop(server, fresh.name)
        make_database(admin, fresh.name)
        close_schema(fresh.address(ADMIN))
        migrate(fresh.environment())
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(fresh.name), sql.Identifier(template)
            )
        )


def _drop_leftovers(server: PrivateServer, keep: str) -> None:
    with psycopg.connect(server.address(ADMIN, "postgres"), autocommit=True) as connection:
        names = [row[0] for row in connection.execute("SELECT datname FROM pg_database")]
    for name in names:
        if name.startswith((OURS, TEMPLATES)) and name not in (keep, "template0", "template1"):
            _drop(server, name)


def _drop(server: PrivateServer, name: str) -> None:
    with psycopg.connect(server.address(ADMIN, "postgres"), autocommit=True) as connection:
        dropping = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        connection.execute(dropping.format(sql.Identifier(name)))


def _take_alone(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
