"""The pages of quality, with 青禾's October: closed conversations, sealed, one plan each."""

from __future__ import annotations

from uuid import UUID

import pytest

from pactdesk.gateways.vault.vault_keys import IN_ENVIRONMENT
from tests.support.cast import PEOPLE, Cast, make_cast
from tests.support.chats import VAULT
from tests.support.database import TestDatabase
from tests.support.quality import QUALITY_TERMS, conversations, seal_october
from tests.support.visitors import give_password


@pytest.fixture
def cast(desk: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Everybody, with a password, and the keys of what customers wrote."""
    monkeypatch.setenv(IN_ENVIRONMENT, VAULT.to_text())
    made = make_cast(desk, QUALITY_TERMS)
    give_password(desk, made, *PEOPLE)
    return made


@pytest.fixture
def talks(desk: TestDatabase, cast: Cast) -> list[UUID]:
    """The conversations."""
    made = conversations(cast, 3)
    seal_october(desk, cast)
    return made
