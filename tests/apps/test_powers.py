"""What the roles of the database cannot do even to rows that their scope shows them."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from pactdesk.apps.parties.scoping import ENTER_SCOPE
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import SET_SCOPE, Scope
from tests.support.cast import Cast
from tests.support.database import TestDatabase

pytestmark = pytest.mark.requirement("C10")

ENTRY = "INSERT INTO audit_entry (id, person_id, verb, recorded_at) VALUES (%s, %s, 'x', %s)"


@pytest.mark.parametrize("role", ["pactdesk_app", "pactdesk_worker"])
def test_nobody_dates_an_audit_entry_back(desk: TestDatabase, cast: Cast, role: str) -> None:
    with psycopg.connect(desk.address(role)) as connection:
        connection.execute(ENTER_SCOPE, [cast["lead"]])
        with pytest.raises(InsufficientPrivilege):
            connection.execute(ENTRY, [new_id(), cast["lead"], "2020-01-01"])
        connection.rollback()


@pytest.mark.parametrize(
    "change", ["password = '!'", "is_active = false", "email = 'evil@example.test'"]
)
def test_no_job_changes_a_person(desk: TestDatabase, cast: Cast, change: str) -> None:
    with psycopg.connect(desk.address("pactdesk_worker")) as connection:
        scope = Scope(person=cast["lead"], operator=True, administrator=True)
        connection.execute(SET_SCOPE, [scope.to_text()])
        with pytest.raises(InsufficientPrivilege):
            connection.execute(f"UPDATE parties_person SET {change}")  # noqa: S608  of this file
        connection.rollback()


@pytest.mark.parametrize("role", ["pactdesk_app", "pactdesk_worker"])
def test_no_table_is_put_before_one_of_ours(desk: TestDatabase, cast: Cast, role: str) -> None:
    # What a temporary table is called is found first: it would deceive the guard of sealed days.
    with psycopg.connect(desk.address(role)) as connection:
        for statement in (
            "CREATE TEMPORARY TABLE evidence_checkpoint (contract_id uuid, sealed_until_ms bigint)",
            "CREATE FUNCTION public.now_ms() RETURNS bigint LANGUAGE sql RETURN 0",
            "ALTER FUNCTION pactdesk.now_ms() RENAME TO then_ms",
        ):
            with pytest.raises(InsufficientPrivilege):
                connection.execute(statement)
            connection.rollback()


@pytest.mark.parametrize("role", ["pactdesk_app", "pactdesk_worker"])
def test_facts_and_seals_are_neither_changed_nor_removed(
    desk: TestDatabase, cast: Cast, role: str
) -> None:
    with psycopg.connect(desk.address(role)) as connection:
        for table in ("evidence_fact", "evidence_checkpoint", "evidence_conflict"):
            for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET contract_id = NULL"):  # noqa: S608  of this file
                connection.execute(ENTER_SCOPE, [cast["lead"]])
                with pytest.raises(InsufficientPrivilege):
                    connection.execute(statement)
                connection.rollback()


def test_the_pages_seal_nothing(cast: Cast, as_app: psycopg.Connection) -> None:
    as_app.execute(ENTER_SCOPE, [cast["lead"]])
    with pytest.raises(InsufficientPrivilege):
        as_app.execute(
            "INSERT INTO evidence_checkpoint (id, contract_id) VALUES (%s, %s)",
            [new_id(), cast.contract_qinghe],
        )
    as_app.rollback()
