"""白塔's October: a few conversations, sealed, ready to be settled; and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from pactdesk.core.facts.kinds import Party
from pactdesk.gateways.keys import SigningKey
from tests.support.cast import Cast
from tests.support.contracts import service_terms
from tests.support.database import TestDatabase
from tests.support.evidence import of
from tests.support.facts import SHANGHAI
from tests.support.logs import worker_process
from tests.support.october import AT, october, under

if TYPE_CHECKING:  # models can be made only after Django is set up, which is after this is read
    from pactdesk.apps.evidence.factlog import PostgresFactLog

Sealing = Callable[[date], None]


@pytest.fixture(scope="session")
def signer() -> SigningKey:
    return SigningKey.from_seed("tests", Party.PROVIDER, demo=True)


@pytest.fixture
def log(cast: Cast) -> PostgresFactLog:
    """The log of 白塔's contract, with October in it, not sealed."""
    from pactdesk.apps.evidence.factlog import PostgresFactLog
    from pactdesk.apps.walls.scope import within

    log = PostgresFactLog(cast.contract_baita, service_terms().contract_id, SHANGHAI)
    with within(of(cast.contract_baita)):
        log.record(under(log.contract_id, october().facts))
    return log


@pytest.fixture
def sealed(desk: TestDatabase, log: PostgresFactLog, signer: SigningKey) -> Sealing:
    """Seals the log through a day, as the job does."""
    from pactdesk.apps.evidence.actions import seal_days

    def seal(day: date) -> None:
        with worker_process(desk):
            seal_days(of(log.contract), log, day, signer)

    return seal


@pytest.fixture
def statement(cast: Cast, sealed: Sealing) -> UUID:
    """October's statement, issued by the provider's finance."""
    from pactdesk.apps.statements.actions import issue

    sealed(date(2026, 11, 1))
    return issue(cast["finance"], contract=cast.contract_baita, period="2026-10", at=AT)
