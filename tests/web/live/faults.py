"""A desk that may be killed: a durable PostgreSQL of its own, and customers who send again."""

from __future__ import annotations

import http.client
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg

from pactdesk.apps.walls.identifiers import new_id
from pactdesk.config.private_postgres import ADMIN, private_server, server_folder
from pactdesk.config.private_programs import programs, run, server_account
from pactdesk.config.roles import DATABASE_ROLES, close_schema, make_database, make_roles
from tests.support.cast import make_cast
from tests.support.database import TestDatabase, migrate
from tests.web.live.doors import Chat, Door, Shop, wait_until

CLIENTS = 32
SENDS = 2_000
PATIENCE = 60


@dataclass
class FragileDesk:
    """A database whose server can be killed, and the shop in it."""

    database: TestDatabase
    shop: Shop
    agent: UUID

    def kill(self) -> None:
        """`kill -9` for the server and all its processes, then start it again on what is left."""
        folder = self.database.server.folder
        lines = (folder / "data" / "postmaster.pid").read_text().splitlines()
        head = int(lines[0])
        killed = (head, *_children(head))
        for process in killed:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        wait_until(lambda: not any(map(_lives, killed)))
        # Nobody may have reaped the dead one, and PostgreSQL would take it for a living one.
        (folder / "data" / "postmaster.pid").unlink()
        account = server_account()
        arguments = ["-D", str(folder / "data"), "-w", "-t", "60", "-l",
                     str(folder / "data" / "server.log"),
                     "-o", f"-p {self.database.server.port}", "start"]  # fmt: skip
        run(programs(folder.parent, account) / "pg_ctl", arguments, account)

    def empty(self) -> None:
        """Take away what was said."""
        with psycopg.connect(self.database.address(ADMIN)) as connection:
            connection.execute(
                "TRUNCATE conversations_message, conversations_conversation, evidence_fact,"
                " audit_entry CASCADE"
            )

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database.address(ADMIN)) as connection:
            return connection.execute(statement).fetchall()


@contextmanager
def fragile_desk() -> Iterator[FragileDesk]:
    """Made anew, removed at the end."""
    folder = server_folder(os.environ, f"faults-{os.getpid()}")
    try:
        with private_server(folder, durable=True) as server:
            admin = server.address(ADMIN, "postgres")
            make_roles(admin, {role: server.passwords[role] for role in DATABASE_ROLES})
            make_database(admin, "desk")
            database = TestDatabase(server=server, name="desk")
            close_schema(database.address(ADMIN))
            migrate(database.environment())
            cast = make_cast(database)
            yield FragileDesk(database, _shop(database, cast.contract_qinghe), cast["agent"])
    finally:
        _remove(folder)


def _shop(database: TestDatabase, contract: UUID) -> Shop:
    with psycopg.connect(database.address(ADMIN)) as connection:
        connection.execute(
            "INSERT INTO conversations_site (id, contract_id, public_key, name, origins)"
            " VALUES (%s, %s, 'fragile', '青禾家居', '{}')",
            [new_id(), contract],
        )
    return Shop("fragile", contract)


@dataclass
class Customers:
    """Customers who each send one message after the other, again until it is answered."""

    door: Door
    chats: list[Chat]
    sends: int = SENDS
    answered: dict[str, tuple[UUID, dict[str, Any]]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    retries: int = 0

    def __post_init__(self) -> None:
        self._threads = [threading.Thread(target=self._send, args=[n]) for n in range(CLIENTS)]

    def __enter__(self) -> Customers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for thread in self._threads:
            thread.join()

    def wait_for(self, count: int) -> None:
        """Until so many messages are answered."""
        until = time.monotonic() + PATIENCE
        while len(self.answered) < count:
            assert not self.failures, self.failures[:3]
            assert time.monotonic() < until, len(self.answered)
            time.sleep(0.005)

    def _send(self, number: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.door.port, timeout=10)
        try:
            self._send_all(number, line)
        finally:
            line.close()

    def _send_all(self, number: int, line: http.client.HTTPConnection) -> None:
        chat = self.chats[number % len(self.chats)]
        until = time.monotonic() + PATIENCE
        for step in range(number, self.sends, CLIENTS):
            key = f"{number:02d}-{step:04d}-{uuid4()}"
            body = json.dumps({"body": f"第 {step} 条", "key": key})
            while time.monotonic() < until:
                try:
                    line.request(
                        "POST",
                        f"/v1/conversations/{chat.id}/messages",
                        body,
                        {"authorization": f"Bearer {chat.ticket}"},
                    )
                    answer = line.getresponse()
                    told = json.loads(answer.read())
                except (OSError, http.client.HTTPException, ValueError):
                    line.close()
                else:
                    if answer.status == 200:
                        self.answered[key] = (chat.id, told)
                        break
                    if answer.status != 503:
                        self.failures.append(str(told))
                        return
                self.retries += 1
                time.sleep(0.05)
            else:
                self.failures.append(f"{key}: no answer")
                return


def check_everything(desk: FragileDesk, customers: Customers, others: int = 0) -> None:
    """Every answered message once, numbers without a gap and in order, facts and audit once."""
    assert not customers.failures, customers.failures[:3]
    assert len(customers.answered) == customers.sends
    kept = {
        key: (conversation, number, sequence)
        for conversation, key, number, sequence in desk.rows(
            "SELECT conversation_id, idempotency_key, id, sequence FROM conversations_message"
        )
    }
    assert len(kept) == customers.sends + others
    for key, (chat, told) in customers.answered.items():
        assert kept[key] == (chat, UUID(told["id"]), told["sequence"])
    for chat_id, sequences in desk.rows(
        "SELECT conversation_id, array_agg(sequence ORDER BY sequence)"
        " FROM conversations_message GROUP BY 1"
    ):
        assert sequences == list(range(1, len(sequences) + 1)), chat_id
    # Of one sender, whoever was sent first has the lower number.
    for number in range(CLIENTS):
        mine = sorted(key for key in customers.answered if key.startswith(f"{number:02d}-"))
        sequences = [customers.answered[key][1]["sequence"] for key in mine]
        assert sequences == sorted(sequences)
    caused = desk.rows(
        "SELECT kind, convert_from(content, 'UTF8')::jsonb #>> '{measured,metric}',"
        " convert_from(content, 'UTF8')::jsonb #>> '{measured,event}', count(*)"
        " FROM evidence_fact GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    )
    each = len(customers.chats)
    expected = [
        ("clock", "first_response", "activate", each),
        ("clock", "resolution", "activate", each),
        ("interaction.opened", None, None, each),
    ]
    if others:
        expected.insert(1, ("clock", "first_response", "fulfil", each))
    assert caused == expected
    audited = desk.rows(
        "SELECT subject_id, details ->> 'sequence' FROM audit_entry"
        " WHERE verb = 'conversations.post'"
    )
    assert len(audited) == len(set(audited)) == customers.sends + others


def _children(head: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            text = status.read_text()
            if int(text.rpartition(")")[2].split()[1]) == head:
                found.append(int(status.parent.name))
    return found


def _lives(process: int) -> bool:
    """Zombies do not."""
    try:
        text = Path("/proc", str(process), "stat").read_text()
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] not in "ZX"


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
