"""The means of both merchants' contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.cast import Cast, make_cast
from tests.support.database import TestDatabase
from tests.support.hearing import Heard

if TYPE_CHECKING:  # models can be made only after Django is set up, which is after this is read
    from pactdesk.apps.conversations.actions import Means


@pytest.fixture
def cast(desk: TestDatabase) -> Cast:
    """Everybody, made anew for each test."""
    return make_cast(desk)


@pytest.fixture
def heard() -> Heard:
    """The facts that the actions write."""
    return Heard()


@pytest.fixture
def qinghe(heard: Heard, cast: Cast) -> Means:
    """青禾's contract."""
    return heard.means(cast.contract_qinghe)


@pytest.fixture
def baita(heard: Heard, cast: Cast) -> Means:
    """白塔's contract."""
    return heard.means(cast.contract_baita)
