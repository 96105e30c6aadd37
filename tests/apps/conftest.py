"""A small cast: one provider, two clients, a contract with each, a person for each role."""

from __future__ import annotations

import pytest

from tests.support.cast import Cast, make_cast
from tests.support.database import TestDatabase


@pytest.fixture
def cast(desk: TestDatabase) -> Cast:
    """Everybody, made anew for each test."""
    return make_cast(desk)
