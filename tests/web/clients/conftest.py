"""Everybody of the cast with a password."""

from __future__ import annotations

import pytest

from tests.support.cast import PEOPLE, Cast, make_cast
from tests.support.database import TestDatabase
from tests.support.visitors import give_password


@pytest.fixture
def cast(desk: TestDatabase) -> Cast:
    """Everybody, made anew for each test."""
    made = make_cast(desk)
    give_password(desk, made, *PEOPLE)
    return made
