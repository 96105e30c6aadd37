"""A client's people are its own: whoever confirms for it was let in by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from pactdesk.apps.parties.actions import add_organisation, end_membership, invite_person
from pactdesk.apps.parties.errors import ClientBeginsWithAdministrator, NotAllowed, PeopleOfClient
from pactdesk.apps.parties.in_charge import leave_people_to_provider
from pactdesk.apps.parties.kinds import OrganisationKind
from pactdesk.apps.parties.scoping import ENTER_SCOPE
from pactdesk.apps.walls.identifiers import new_id
from tests.support.cast import Cast

pytestmark = pytest.mark.requirement("A26", "C10")

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
Invite = Callable[..., UUID]


@pytest.fixture
def invite(cast: Cast) -> Invite:
    """The provider's administrator invites."""
    return partial(
        invite_person, cast["operator"], email=f"{new_id()}@example.test", name="某", at=NOW
    )


def test_the_provider_invites_nobody_where_the_client_has_administrators(
    cast: Cast, invite: Invite
) -> None:
    for is_administrator in (False, True):
        with pytest.raises(PeopleOfClient) as told:
            invite(org=cast.qinghe, is_administrator=is_administrator)
    assert told.value.organisation == "qinghe"


def test_where_it_has_none_the_first_one_is_an_administrator(cast: Cast, invite: Invite) -> None:
    with pytest.raises(ClientBeginsWithAdministrator):
        invite(org=cast.baita)
    first = invite(org=cast.baita, is_administrator=True)
    with pytest.raises(PeopleOfClient):
        invite(org=cast.baita, is_administrator=True)
    invite_person(first, org=cast.baita, email="b@example.test", name="二", at=NOW)


def test_a_first_administrator_who_never_came_is_replaced_and_one_who_came_is_not(
    cast: Cast, as_superuser: psycopg.Connection, invite: Invite
) -> None:
    first = invite(org=cast.baita, is_administrator=True)
    end_membership(cast["operator"], person=first, at=NOW)
    second = invite(org=cast.baita, is_administrator=True, email="second@example.test")
    as_superuser.execute("UPDATE parties_person SET password = 'x' WHERE id = %s", [second])
    as_superuser.commit()
    for name in (second, cast["manager_of_baita"]):
        with pytest.raises(PeopleOfClient):
            end_membership(cast["operator"], person=name, at=NOW)


def test_a_client_leaves_its_people_to_the_provider_and_takes_that_back(
    cast: Cast, as_superuser: psycopg.Connection, invite: Invite
) -> None:
    by = cast["administrator_of_qinghe"]
    leave_people_to_provider(by, left=True)
    end_membership(cast["operator"], person=invite(org=cast.qinghe), at=NOW)
    leave_people_to_provider(by, left=False)
    with pytest.raises(PeopleOfClient):
        invite(org=cast.qinghe, email="again@example.test")
    told = as_superuser.execute(
        "SELECT person_id, org_id, verb FROM audit_entry"
        " WHERE verb LIKE 'parties.%%people' ORDER BY id"
    ).fetchall()
    verbs = ("parties.leave_people", "parties.take_back_people")
    assert told == [(by, cast.qinghe, verb) for verb in verbs]


@pytest.mark.parametrize("name", ["operator", "manager_of_qinghe", "lead"])
def test_only_a_clients_administrator_leaves_them(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        leave_people_to_provider(cast[name], left=True)


def test_third_parties_stay_with_the_provider(cast: Cast, invite: Invite) -> None:
    office = add_organisation(cast["operator"], kind=OrganisationKind.THIRD_PARTY, name="所")
    end_membership(cast["operator"], person=invite(org=office), at=NOW)


ADD = (
    "INSERT INTO parties_membership (id, person_id, org_id, is_administrator, started_at)"
    " VALUES (gen_random_uuid(), %(other)s, %(qinghe)s, {}, now())"
)


@pytest.mark.parametrize(
    "statement",
    [
        ADD.format("true"),
        ADD.format("false"),
        "UPDATE parties_membership SET org_id = %(qinghe)s WHERE person_id = %(other)s",
        "UPDATE parties_membership SET is_administrator = true WHERE person_id = %(manager)s",
        "UPDATE parties_membership SET person_id = %(other)s WHERE person_id = %(manager)s",
        "UPDATE parties_membership SET ended_at = now() WHERE person_id = %(manager)s",
        "UPDATE parties_membership SET ended_at = now(), person_id = %(other)s"
        " WHERE person_id = %(manager)s",
        "UPDATE parties_organisation SET people_left_to_provider = true WHERE id = %(qinghe)s",
        "INSERT INTO parties_organisation (id, kind, name, people_left_to_provider)"
        " VALUES (gen_random_uuid(), 'client', 'x', true)",
    ],
)
def test_past_the_actions_the_database_holds_it_too(
    cast: Cast, as_app: psycopg.Connection, as_superuser: psycopg.Connection, statement: str
) -> None:
    as_superuser.execute("UPDATE parties_person SET password = 'x'")
    as_superuser.execute(
        "UPDATE parties_membership SET ended_at = now() WHERE person_id = %s", [cast["planner"]]
    )
    as_superuser.commit()
    as_app.execute(ENTER_SCOPE, [cast["operator"]])
    values = {"qinghe": cast.qinghe, "other": cast["planner"], "manager": cast["manager_of_qinghe"]}
    with pytest.raises(InsufficientPrivilege):
        as_app.execute(statement, values)
    as_app.rollback()
