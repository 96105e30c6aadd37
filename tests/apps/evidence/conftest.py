"""Logs of the two contracts of the cast, a key, and facts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.kinds import Clock, ClockEvent, ClockMetric, Party
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.keys import SigningKey
from tests.support.cast import Cast

MakeFact = Callable[..., Fact]


@pytest.fixture
def qinghe(cast: Cast) -> PostgresFactLog:
    """The log of the contract with 青禾, which its facts call `c`."""
    return PostgresFactLog(cast.contract_qinghe, "c", ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def baita(cast: Cast) -> PostgresFactLog:
    """The log of the contract with 白塔, which its facts call `c` too."""
    return PostgresFactLog(cast.contract_baita, "c", ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="session")
def signer() -> SigningKey:
    return SigningKey.from_seed("tests", Party.PROVIDER, demo=True)


@pytest.fixture(scope="session")
def fact() -> MakeFact:
    """`fact("e-1", "one")`: a fact with this id; another second word is another content."""

    def make(event_id: str, content: str = "one", **changes: Any) -> Fact:
        given = {"contract_id": "c", "source": "chat", "event_id": event_id} | changes
        detail = Clock(content, ClockMetric.RESOLUTION, ClockEvent.ACTIVATE, proof="工单")
        return Fact.of(detail, occurred_at=Instant(0), **given)

    return make
