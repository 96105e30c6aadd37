"""Fact logs of every make, and what can be seen of one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connections, transaction

from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope, within
from pactdesk.config.database import connection_settings
from pactdesk.core.facts import merkle
from pactdesk.core.facts.log import FactLog, seal_through
from pactdesk.core.facts.memory import MemoryFactLog
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.keys import SigningKey
from tests.support.database import TestDatabase

SHANGHAI = ZoneInfo("Asia/Shanghai")
NewLog = Callable[[], FactLog]


@contextmanager
def memory_logs() -> Iterator[NewLog]:
    yield lambda: MemoryFactLog("c", SHANGHAI)


@contextmanager
def file_logs() -> Iterator[NewLog]:
    with tempfile.TemporaryDirectory() as folder:

        def make() -> FactLog:
            place = Path(tempfile.mkdtemp(dir=folder)) / "log"
            return FileLog.create(place, "c", "Asia/Shanghai")

        yield make


@contextmanager
def postgres_logs(desk: TestDatabase) -> Iterator[NewLog]:
    """Logs as jobs have them, in one scope; what they take in is gone at the end."""
    contracts = [new_id() for _ in range(4)]
    with worker_process(desk), within(Scope(contracts=dict.fromkeys(contracts, frozenset()))):
        yield lambda: PostgresFactLog(contracts.pop(), "c", SHANGHAI)
        transaction.set_rollback(True)


@contextmanager
def worker_process(desk: TestDatabase) -> Iterator[None]:
    """Django connects with the role of jobs, as it does in their process."""
    pages = connections.settings
    address = desk.address("pactdesk_worker")
    jobs = {**desk.settings(), "default": connection_settings("DATABASE_WORKER_URL", address)}
    _connect_by(connections.configure_settings(jobs))
    try:
        yield
    finally:
        _connect_by(pages)


def _connect_by(databases: dict[str, dict[str, Any]]) -> None:
    connections["default"].close()
    del connections["default"]
    connections.settings = databases


def state(log: FactLog) -> tuple[object, ...]:
    """Everything that can be seen of a log."""
    days = log.days()
    return (
        tuple(log.facts("c")),
        log.conflicts(),
        days,
        tuple(merkle.root(log.day_records(day)) for day in days),
        tuple(log.checkpoints()),
    )


def sealed_through(log: FactLog, day: int, signer: SigningKey) -> None:
    seal_through(log, date(2026, 9, day), signer)
