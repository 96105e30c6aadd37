"""The portal with 白塔's October: twenty conversations, sealed; its statement where asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.test import override_settings

from pactdesk.core.facts.kinds import Party
from pactdesk.gateways.keys import SigningKey, TrustedKeys
from pactdesk.gateways.vault.vault_keys import IN_ENVIRONMENT
from tests.support.browsers import axe as axe
from tests.support.browsers import browser as browser
from tests.support.browsers import front_end as front_end
from tests.support.cast import PEOPLE, Cast, make_cast
from tests.support.chats import VAULT
from tests.support.contracts import service_terms
from tests.support.database import TestDatabase
from tests.support.evidence import of
from tests.support.facts import SHANGHAI
from tests.support.logs import worker_process
from tests.support.october import october, under
from tests.support.running_desk import RunningDesk, aside, running_desk
from tests.support.visitors import give_password

if TYPE_CHECKING:  # models can be made only after Django is set up, which is after this is read
    from pactdesk.apps.evidence.factlog import PostgresFactLog

SIGNER = SigningKey.from_seed("tests", Party.PROVIDER, demo=True)
SEALED = date(2026, 11, 1)
MONTH = "2026-10"


@pytest.fixture
def trusted(tmp_path: Path) -> Path:
    """The file of public keys."""
    file = tmp_path / "keys.json"
    TrustedKeys([SIGNER.public]).save(file)
    return file


@pytest.fixture
def cast(desk: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Everybody, with a password, and the keys of what they wrote."""
    monkeypatch.setenv(IN_ENVIRONMENT, VAULT.to_text())
    made = make_cast(desk)
    give_password(desk, made, *PEOPLE)
    return made


@pytest.fixture
def log(desk: TestDatabase, cast: Cast) -> PostgresFactLog:
    """The log of 白塔's contract, with October in it, sealed."""
    from pactdesk.apps.evidence.actions import seal_days
    from pactdesk.apps.evidence.factlog import PostgresFactLog
    from pactdesk.apps.walls.scope import within

    log = PostgresFactLog(cast.contract_baita, service_terms().contract_id, SHANGHAI)

    def told() -> None:
        with within(of(cast.contract_baita)):
            log.record(under(log.contract_id, october().facts))
        with worker_process(desk):
            seal_days(of(log.contract), log, SEALED, SIGNER)

    aside(told)
    return log


@pytest.fixture
def statement(cast: Cast, log: PostgresFactLog) -> UUID:
    """October's statement, issued just now by the provider's finance."""
    from pactdesk.apps.statements.actions import issue

    told: dict[str, Any] = {
        "contract": cast.contract_baita,
        "period": MONTH,
        "at": datetime.now(UTC),
    }
    return aside(lambda: issue(cast["finance"], **told))


@pytest.fixture
def keys_given(trusted: Path) -> Iterator[Path]:
    """The pages know the public keys."""
    with override_settings(TRUSTED_KEYS_FILE=str(trusted)):
        yield trusted


@pytest.fixture(scope="package")
def served(desk_database: TestDatabase, front_end: Path) -> Iterator[RunningDesk]:
    """Running pages, for all tests of this folder that have a browser."""
    with running_desk(desk_database, door=False) as running:
        yield running
