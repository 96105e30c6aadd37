"""A desk for the benchmarks of the door: a durable private PostgreSQL, a contract, a door."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen
from uuid import UUID

import psycopg

from pactdesk.config.database import connection_settings
from pactdesk.config.private_postgres import ADMIN, PrivateServer, private_server, server_folder
from pactdesk.config.private_programs import programs, server_account
from pactdesk.config.roles import APP, DATABASE_ROLES, close_schema, make_database, make_roles
from pactdesk.gateways.vault.vault_keys import VaultKeys

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_S = 30


@dataclass(frozen=True)
class Desk:
    """A database with one contract, and what its processes are started with."""

    server: PrivateServer
    name: str
    contract: UUID
    agent: UUID
    environment: dict[str, str]

    def address(self, role: str = ADMIN) -> str:
        return self.server.address(role, self.name)

    @property
    def pgbench(self) -> Path:
        return programs(self.server.folder.parent, server_account()) / "pgbench"


@contextmanager
def desk() -> Iterator[Desk]:
    """A migrated desk whose commits reach the disk; its database is dropped at the end."""
    os.environ["PACTDESK_MODE"] = "test"
    os.environ["DJANGO_SETTINGS_MODULE"] = "pactdesk.config.settings"
    os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
    with private_server(server_folder(os.environ, "bench"), durable=True) as server:
        name = f"bench_{os.getpid()}"
        try:
            yield _made(server, name)
        finally:
            with psycopg.connect(server.address(ADMIN, "postgres"), autocommit=True) as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _made(server: PrivateServer, name: str) -> Desk:
    import django

    from tests.support.database import TestDatabase, migrate

    admin = server.address(ADMIN, "postgres")
    make_roles(admin, {role: server.passwords[role] for role in DATABASE_ROLES})
    make_database(admin, name)
    database = TestDatabase(server=server, name=name)
    close_schema(database.address(ADMIN))
    vault = VaultKeys.generate()
    environment = {
        **database.environment(),
        "SECRET_KEY": os.environ["SECRET_KEY"],
        "PACTDESK_VAULT_KEYS": vault.to_text(),
    }
    migrate(environment)
    django.setup()
    from django.db import connections

    connections.settings = connections.configure_settings(
        {"default": connection_settings("DATABASE_URL", database.address(APP))}
    )
    with suppress(AttributeError):
        del connections["default"]  # made for nowhere, if it was made
    from pactdesk.apps.conversations.keys import ensure_content_key
    from pactdesk.apps.walls.scope import Scope, within
    from tests.support.cast import make_cast

    cast = make_cast(database)
    contract = cast.contract_qinghe
    with within(Scope(contracts={contract: frozenset()})):
        ensure_content_key(contract, vault)
    connections.close_all()
    return Desk(server, name, contract, cast["agent"], environment)


def make_conversations(desk: Desk, count: int) -> list[UUID]:
    """Conversations whose ids can be counted up, in which the customer has asked already."""
    made = [UUID(f"00000000-0000-7000-8000-{number:012d}") for number in range(count)]
    with psycopg.connect(desk.address()) as connection:
        connection.cursor().executemany(
            "INSERT INTO conversations_conversation (id, contract_id, code, channel, state,"
            " opened_at_ms, first_asked_at_ms, last_sequence)"
            " VALUES (%s, %s, %s, 'chat', 'open', 1, 1, 0) ON CONFLICT DO NOTHING",
            [[one, desk.contract, f"b-{number}"] for number, one in enumerate(made)],
        )
    return made


@contextmanager
def running_door(desk: Desk) -> Iterator[tuple[int, int]]:
    """A door on it: its port, and its process."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "pactdesk.web.live", "--port", str(port), "--generosity", "10000"],
        cwd=ROOT,
        env={**os.environ, **desk.environment},
    )
    try:
        _wait(f"http://127.0.0.1:{port}/health/ready", process)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_PATIENCE_S)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(address, timeout=5) as answer:  # noqa: S310  our own door
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the door did not start")


def cpu_seconds(process: int) -> float:
    """Processor time that it has used, in all its threads."""
    user, system = Path("/proc", str(process), "stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def server_cpu_seconds(desk: Desk) -> float:
    """Processor time of PostgreSQL's processes, and of those of them that have ended."""
    head = int((desk.server.folder / "data" / "postmaster.pid").read_text().split()[0])
    ticks = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):
            told = status.read_text().rpartition(")")[2].split()
            if status.parent.name == str(head):
                ticks += sum(map(int, told[11:15]))  # with its children that have ended
            elif int(told[1]) == head:
                ticks += sum(map(int, told[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_kb(process: int) -> int:
    """Memory that it holds."""
    text = Path("/proc", str(process), "status").read_text()
    return int(next(line for line in text.splitlines() if line.startswith("VmRSS")).split()[1])


def met(target: bool) -> str:
    """The verdict, first in its line."""
    return "met   " if target else "MISSED"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
