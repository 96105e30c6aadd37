"""Logs, keys and facts for the tests of the gateways."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.kinds import Clock, ClockEvent, ClockMetric, Party
from pactdesk.core.units.instants import Instant, instant_at
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.keys import SigningKey, TrustedKeys

MakeFact = Callable[..., Fact]


@pytest.fixture(scope="session")
def signer() -> SigningKey:
    return SigningKey.from_seed("tests", Party.PROVIDER, demo=True)


@pytest.fixture(scope="session")
def trust(signer: SigningKey) -> TrustedKeys:
    return TrustedKeys([signer.public])


@pytest.fixture(scope="session")
def fact() -> MakeFact:
    """`fact("e-1", "one")`: a fact with this id; another second word is another content."""

    def make(event_id: str, content: str = "one", **changes: object) -> Fact:
        given: dict[str, object] = {
            "contract_id": "c", "source": "chat", "event_id": event_id, "occurred_at": Instant(0),
        }  # fmt: skip
        detail = Clock(content, ClockMetric.RESOLUTION, ClockEvent.ACTIVATE, proof="工单")
        return Fact.of(detail, **{**given, **changes})  # type: ignore[arg-type]  # a dict of mixed keywords

    return make


@pytest.fixture
def file_log(tmp_path: Path) -> FileLog:
    return FileLog.create(tmp_path / "log", "c", "Asia/Shanghai")


@pytest.fixture(scope="session")
def at() -> Callable[[int, int], Instant]:
    """`at(3, 5)`: five milliseconds into 3 September 2026 in Shanghai."""

    def instant(day: int, milliseconds: int = 0) -> Instant:
        return Instant(instant_at(f"2026-09-{day:02d}T00:00:00+08:00") + milliseconds)

    return instant
