"""A door of our own: a real process on the test's database, and browsers that talk to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.cast import Cast, make_cast
from tests.support.database import TestDatabase
from tests.web.live.doors import Door, Shop, door_on, make_shop


@pytest.fixture
def cast(desk: TestDatabase) -> Cast:
    """Everybody, made anew for each test."""
    return make_cast(desk)


@pytest.fixture
def shop(cast: Cast) -> Shop:
    """青禾's shop, whose pages carry the chat window."""
    return make_shop(cast["lead"], cast.contract_qinghe)


@pytest.fixture
def door(desk: TestDatabase) -> Iterator[Door]:
    """A door that runs."""
    with door_on(desk.environment()) as made:
        yield made
