"""Both parties' pages of events, of a contract in which much can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pactdesk.gateways.vault.vault_keys import IN_ENVIRONMENT
from tests.support.cast import PEOPLE, TERMS, Cast, make_cast
from tests.support.chats import VAULT
from tests.support.database import TestDatabase
from tests.support.visitors import give_password
from tests.web.portal.telling import CLIENT, PROVIDER, Page, eventful

if TYPE_CHECKING:  # models can be made only after Django is set up, which is after this is read
    from pactdesk.apps.evidence.factlog import PostgresFactLog


@pytest.fixture
def cast(desk: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The cast, of whom 白塔 has a contract with more in it."""
    monkeypatch.setenv(IN_ENVIRONMENT, VAULT.to_text())
    made = make_cast(desk, {**TERMS, "baita": eventful})
    give_password(desk, made, *PEOPLE)
    return made


@pytest.fixture
def ours(cast: Cast, log: PostgresFactLog) -> Page:
    """As the provider's finance sees them."""
    return Page(cast, PROVIDER)


@pytest.fixture
def theirs(cast: Cast, log: PostgresFactLog) -> Page:
    """As the client's manager sees them."""
    return Page(cast, CLIENT)
