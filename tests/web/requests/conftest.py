"""The pages of 白塔's requests, under terms with a duty to help and one of secrecy."""

from __future__ import annotations

import pytest

from pactdesk.gateways.vault.vault_keys import IN_ENVIRONMENT
from tests.apps.requests.conftest import Desk, dutiful
from tests.support.cast import PEOPLE, TERMS, Cast, make_cast
from tests.support.chats import VAULT
from tests.support.database import TestDatabase
from tests.support.visitors import give_password


@pytest.fixture
def cast(desk: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Everybody, with a password, and the keys of what they wrote."""
    monkeypatch.setenv(IN_ENVIRONMENT, VAULT.to_text())
    made = make_cast(desk, {**TERMS, "baita": dutiful})
    give_password(desk, made, *PEOPLE)
    return made


@pytest.fixture
def baita(cast: Cast) -> Desk:
    """白塔's requests."""
    return Desk(cast)
