"""The pages of agents and leads, with conversations of both merchants."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pactdesk.core.units.instants import Instant, instant_of
from pactdesk.gateways.vault.vault_keys import IN_ENVIRONMENT
from tests.support.cast import PEOPLE, Cast, make_cast
from tests.support.chats import VAULT, Chats
from tests.support.database import TestDatabase
from tests.support.visitors import give_password


@pytest.fixture
def cast(desk: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Everybody, with a password, and the keys of what they wrote."""
    monkeypatch.setenv(IN_ENVIRONMENT, VAULT.to_text())
    made = make_cast(desk)
    give_password(desk, made, *PEOPLE)
    return made


@pytest.fixture
def chats(cast: Cast) -> Chats:
    """Customers who come and ask."""
    return Chats(cast)


@pytest.fixture
def now() -> Instant:
    """This millisecond."""
    return instant_of(datetime.now(UTC))
