"""Everybody of the cast, each with the same password."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests.support.cast import PEOPLE, Cast, make_cast
from tests.support.database import TestDatabase
from tests.support.visitors import give_password


@pytest.fixture
def cast(desk: TestDatabase) -> Cast:
    """Everybody, made anew for each test."""
    made = make_cast(desk)
    give_password(desk, made, *PEOPLE)
    return made


@pytest.fixture
def settings_of_production() -> Iterator[None]:
    """Cookies as they are outside of tests and demos."""
    with override_settings(SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True):
        yield
