"""Everybody of the cast with a password, and short codes for their contracts."""

from __future__ import annotations

import psycopg
import pytest

from tests.support.cast import PEOPLE, Cast, make_cast
from tests.support.database import TestDatabase
from tests.support.visitors import give_password


@pytest.fixture
def cast(desk: TestDatabase) -> Cast:
    """Everybody, made anew for each test."""
    made = make_cast(desk)
    give_password(desk, made, *PEOPLE)
    with psycopg.connect(desk.address("pactdesk_admin")) as connection:
        for code, contract in (("QH-2026", made.contract_qinghe), ("BT-2026", made.contract_baita)):
            connection.execute(
                "UPDATE contracts_contract SET code = %s, title = '客服外包' WHERE id = %s",
                [code, contract],
            )
    return made
