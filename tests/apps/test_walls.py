"""The wall of the database holds by itself, and so do the queries without it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db.models import QuerySet
from psycopg.errors import InsufficientPrivilege

from pactdesk.apps.audit.actions import RECORD
from pactdesk.apps.audit.queries import entries_about, entries_visible_to
from pactdesk.apps.outbox.actions import LEAVE
from pactdesk.apps.parties.queries import (
    memberships_visible_to,
    organisations_visible_to,
    people_visible_to,
    roles_visible_to,
)
from pactdesk.apps.parties.scoping import ENTER_SCOPE, scoped
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope
from tests.support.cast import PEOPLE, Cast

# Tables that a role may reach without a row wall, and why that is right.
UNWALLED = {
    "django_migrations": "names of migrations, to be read only",
    "procrastinate_jobs": "names and times of rounds, for the worker alone",
    "procrastinate_events": "as procrastinate_jobs",
    "procrastinate_periodic_defers": "as procrastinate_jobs",
    "procrastinate_workers": "as procrastinate_jobs",
}
ADD_ROLE = (
    "INSERT INTO parties_contractrole (id, contract_id, org_id, person_id, role, starts_at)"
    " VALUES (%s, %s, %s, %s, 'agent', now())"
)


def test_every_table_that_a_role_can_reach_has_a_forced_wall(
    as_superuser: psycopg.Connection,
) -> None:
    rows = as_superuser.execute(
        """
        SELECT relname, relrowsecurity AND relforcerowsecurity
        FROM pg_class
        WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace = 'public'::regnamespace
            AND (has_any_column_privilege('pactdesk_app', oid, 'SELECT, INSERT, UPDATE')
                OR has_table_privilege('pactdesk_app', oid, 'DELETE, TRUNCATE')
                OR has_any_column_privilege('pactdesk_worker', oid, 'SELECT, INSERT, UPDATE')
                OR has_table_privilege('pactdesk_worker', oid, 'DELETE, TRUNCATE'))
        """
    ).fetchall()
    assert {name for name, walled in rows if not walled} == set(UNWALLED)
    assert {name for name, walled in rows if walled} >= {"parties_person", "audit_entry"}


def test_no_role_truncates_and_only_the_owner_owns(as_superuser: psycopg.Connection) -> None:
    owned = as_superuser.execute(
        "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class"
        " WHERE relnamespace IN ('public'::regnamespace, 'pactdesk'::regnamespace)"
        " UNION SELECT pg_get_userbyid(proowner) FROM pg_proc"
        " WHERE pronamespace = 'pactdesk'::regnamespace"
        " UNION SELECT pg_get_userbyid(nspowner) FROM pg_namespace"
        " WHERE nspname IN ('public', 'pactdesk')"
    )
    assert owned.fetchall() == [("pactdesk_owner",)]
    truncating = as_superuser.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind = 'r' AND (has_table_privilege('pactdesk_app', oid, 'TRUNCATE')"
        " OR has_table_privilege('pactdesk_worker', oid, 'TRUNCATE'))"
    )
    assert truncating.fetchall() == []


def test_no_function_of_ours_lends_its_owners_rights(as_superuser: psycopg.Connection) -> None:
    lending = as_superuser.execute(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace IN"
        " ('public'::regnamespace, 'pactdesk'::regnamespace)"
    )
    assert lending.fetchall() == []


@pytest.mark.parametrize("role", ["pactdesk_app", "pactdesk_worker"])
def test_a_runtime_role_makes_nothing_in_the_database(cast: Cast, role: str, desk: Any) -> None:
    for statement in (
        "CREATE TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "ALTER TABLE parties_person DISABLE ROW LEVEL SECURITY",
        "DROP POLICY see ON parties_person",
        "SET ROLE pactdesk_owner",
        "TRUNCATE audit_entry",
    ):
        with psycopg.connect(desk.address(role)) as connection:
            with pytest.raises(InsufficientPrivilege):
                connection.execute(statement)
            connection.rollback()


def test_the_owner_of_the_tables_sees_no_row_either(
    cast: Cast, as_owner: psycopg.Connection
) -> None:
    assert as_owner.execute("SELECT count(*) FROM parties_person").fetchone() == (0,)


@pytest.mark.parametrize(
    ("name", "org", "contract", "person"),
    [
        ("administrator_of_qinghe", "qinghe", "contract_baita", "manager_of_qinghe"),
        ("administrator_of_qinghe", "baita", "contract_baita", "manager_of_baita"),
        ("administrator_of_qinghe", "baita", "contract_qinghe", "manager_of_baita"),
        ("administrator_of_qinghe", "qinghe", "contract_qinghe", "manager_of_baita"),
        ("lead", "provider", "contract_qinghe", "lead"),
        ("manager_of_qinghe", "qinghe", "contract_qinghe", "manager_of_qinghe"),
    ],
)
def test_nobody_writes_themselves_or_others_into_a_contract_past_the_actions(
    cast: Cast, as_app: psycopg.Connection, name: str, org: str, contract: str, person: str
) -> None:
    as_app.execute(ENTER_SCOPE, [cast[name]])
    values = [new_id(), getattr(cast, contract), getattr(cast, org), cast[person]]
    with pytest.raises(InsufficientPrivilege):
        as_app.execute(ADD_ROLE, values)
    as_app.rollback()


@pytest.mark.parametrize("name", [name for name in PEOPLE if name != "operator"])
def test_nobody_but_the_operator_changes_what_is_anothers(
    cast: Cast, as_app: psycopg.Connection, name: str
) -> None:
    as_app.execute(ENTER_SCOPE, [cast[name]])
    org, is_administrator, _ = PEOPLE[name]
    mine = {one for one, row in PEOPLE.items() if row[0] == org} if is_administrator else {name}
    changed = as_app.execute("UPDATE parties_person SET password = 'x' RETURNING name").fetchall()
    assert {row[0] for row in changed} == mine
    renamed = as_app.execute("UPDATE parties_organisation SET name = 'x' RETURNING id").fetchall()
    assert renamed == ([(getattr(cast, org),)] if is_administrator else [])
    as_app.rollback()


def test_rows_cannot_be_moved_into_another_organisation(
    cast: Cast, as_app: psycopg.Connection
) -> None:
    as_app.execute(ENTER_SCOPE, [cast["administrator_of_qinghe"]])
    with pytest.raises(InsufficientPrivilege):
        as_app.execute("UPDATE parties_membership SET org_id = %s", [cast.baita])
    as_app.rollback()


def test_the_audit_is_only_added_to(cast: Cast, as_app: psycopg.Connection) -> None:
    person = cast["administrator_of_qinghe"]
    with as_app.transaction():
        as_app.execute(ENTER_SCOPE, [person])
        as_app.execute(RECORD, [new_id(), person, cast.qinghe, None, "test", None, "{}"])
    for change in ("UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry"):
        as_app.execute(ENTER_SCOPE, [person])
        assert as_app.execute("SELECT verb FROM audit_entry").fetchall() == [("test",)]
        with pytest.raises(InsufficientPrivilege):
            as_app.execute(change)
        as_app.rollback()


@pytest.mark.parametrize(
    ("person", "org", "contract"),
    [
        ("lead", "qinghe", None),
        (None, "qinghe", None),
        ("manager_of_qinghe", "baita", None),
        ("manager_of_qinghe", "qinghe", "contract_baita"),
    ],
)
def test_nobody_writes_an_entry_in_anothers_name(
    cast: Cast, as_app: psycopg.Connection, person: str | None, org: str, contract: str | None
) -> None:
    as_app.execute(ENTER_SCOPE, [cast["manager_of_qinghe"]])
    who = cast[person] if person else None
    where = getattr(cast, contract) if contract else None
    with pytest.raises(InsufficientPrivilege):
        as_app.execute(RECORD, [new_id(), who, getattr(cast, org), where, "test", None, "{}"])
    as_app.rollback()


def test_a_failed_log_in_can_be_told_though_nobody_is_known(
    cast: Cast, as_app: psycopg.Connection, as_superuser: psycopg.Connection
) -> None:
    with as_app.transaction():
        as_app.execute(RECORD, [new_id(), None, None, None, "parties.log_in_failed", None, "{}"])
    assert as_superuser.execute("SELECT count(*) FROM audit_entry").fetchone() == (1,)


def test_the_pages_leave_errands_that_only_jobs_read(
    cast: Cast, as_app: psycopg.Connection, desk: Any
) -> None:
    with as_app.transaction():
        as_app.execute(ENTER_SCOPE, [cast["lead"]])
        as_app.execute(LEAVE, [new_id(), cast.provider, cast.contract_qinghe, "test", "{}"])
    with pytest.raises(InsufficientPrivilege):
        as_app.execute("SELECT 1 FROM outbox_errand")
    as_app.rollback()
    with psycopg.connect(desk.address("pactdesk_worker")) as worker:
        assert worker.execute("SELECT kind FROM outbox_errand").fetchall() == [("test",)]
        assert worker.execute("SELECT 1 FROM parties_person").fetchall() == []


def test_an_errand_of_another_contract_is_refused(cast: Cast, as_app: psycopg.Connection) -> None:
    as_app.execute(ENTER_SCOPE, [cast["manager_of_qinghe"]])
    with pytest.raises(InsufficientPrivilege):
        as_app.execute(LEAVE, [new_id(), cast.qinghe, cast.contract_baita, "test", "{}"])
    as_app.rollback()


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize(
    "query",
    [
        people_visible_to,
        organisations_visible_to,
        memberships_visible_to,
        roles_visible_to,
        entries_visible_to,
    ],
)
def test_the_filters_and_the_wall_let_the_same_rows_by_each_without_the_other(
    cast: Cast,
    as_superuser: psycopg.Connection,
    name: str,
    query: Callable[[Scope], QuerySet[Any]],
) -> None:
    for person in (*cast.people.values(), None):
        for org, contract in product(
            (cast.provider, cast.qinghe, cast.baita, None),
            (cast.contract_qinghe, cast.contract_baita, None),
        ):
            as_superuser.execute(RECORD, [new_id(), person, org, contract, "test", None, "{}"])
    with scoped(cast[name]) as scope:
        walled = _ids(query(scope).model._default_manager.all())
        both = _ids(query(scope))
    filtered = _ids(query(scope).using("unwalled"))
    assert walled == both == filtered
    assert filtered


def test_what_was_done_to_somebody_is_told_to_their_administrator(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    for org in (cast.qinghe, cast.baita):
        values = [new_id(), None, org, None, "test", cast["agent"], "{}"]
        as_superuser.execute(RECORD, values)
    with scoped(cast["administrator_of_qinghe"]) as scope:
        assert [entry.org_id for entry in entries_about(scope, cast["agent"])] == [cast.qinghe]
    with scoped(cast["manager_of_qinghe"]) as scope:
        assert not entries_about(scope, cast["agent"]).exists()


def _ids(rows: QuerySet[Any]) -> set[UUID]:
    return {row.pk for row in rows}
