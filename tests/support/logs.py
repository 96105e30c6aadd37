"""Fact logs of both makes, and what can be seen of one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from pactdesk.core.facts import merkle
from pactdesk.core.facts.log import FactLog, seal_through
from pactdesk.core.facts.memory import MemoryFactLog
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.keys import SigningKey

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
