"""Changing who belongs where and may do what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import psycopg
import pytest
from django.contrib.auth import authenticate

from pactdesk.apps.parties.actions import (
    add_organisation,
    end_membership,
    found_provider,
    invite_person,
    revoke_role,
    set_role,
)
from pactdesk.apps.parties.errors import (
    EmailTaken,
    EmailUnreadable,
    NotAdmitted,
    NotAllowed,
    OrganisationUnknown,
    PersonUnknown,
    ProviderExists,
    RoleHeld,
    RoleNotHeld,
    RoleNotOfOrganisation,
)
from pactdesk.apps.parties.kinds import OrganisationKind, Role
from pactdesk.apps.parties.login import EmailBackend
from pactdesk.apps.parties.models import Person
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.identifiers import new_id
from tests.support.cast import Cast
from tests.support.database import TestDatabase

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def entries(connection: psycopg.Connection) -> list[tuple[Any, ...]]:
    """Who did what to whom, in order."""
    rows = connection.execute("SELECT person_id, verb, subject_id FROM audit_entry ORDER BY id")
    return rows.fetchall()


def errands(connection: psycopg.Connection) -> list[tuple[Any, ...]]:
    """What follows."""
    return connection.execute("SELECT kind, payload, org_id FROM outbox_errand").fetchall()


def test_an_installation_begins_with_a_provider_and_its_administrator(
    desk: TestDatabase, as_superuser: psycopg.Connection
) -> None:
    first = found_provider(name="心语客服", email="Li@Example.test", person_name="李", at=NOW)
    with scoped(first) as scope:
        assert scope.operator
        assert Person.objects.get().email == "li@example.test"
    assert entries(as_superuser) == [(None, "parties.found_provider", scope.org)]
    assert errands(as_superuser) == [("parties.send_invitation", {"person": str(first)}, scope.org)]


def test_an_installation_has_one_provider(cast: Cast, as_superuser: psycopg.Connection) -> None:
    with pytest.raises(ProviderExists):
        found_provider(name="另一家", email="x@example.test", person_name="某", at=NOW)
    with pytest.raises(ProviderExists):
        add_organisation(cast["operator"], kind=OrganisationKind.PROVIDER, name="另一家")
    assert entries(as_superuser) == []


def test_the_provider_takes_in_a_client_and_its_first_administrator(cast: Cast) -> None:
    org = add_organisation(cast["operator"], kind=OrganisationKind.CLIENT, name="红杉")
    person = invite_person(
        cast["operator"], org=org, email="a@b.test", name="王", at=NOW, is_administrator=True
    )
    with scoped(person) as scope:
        assert (scope.org, scope.administrator, scope.operator) == (org, True, False)
        assert dict(scope.contracts) == {}


def test_an_invitation_is_one_entry_and_one_errand(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    by = cast["administrator_of_qinghe"]
    person = invite_person(by, org=cast.qinghe, email="new@example.test", name="新", at=NOW)
    assert entries(as_superuser) == [(by, "parties.invite_person", person)]
    assert errands(as_superuser) == [
        ("parties.send_invitation", {"person": str(person)}, cast.qinghe)
    ]


@pytest.mark.parametrize(
    ("email", "problem"),
    [
        ("LEAD@example.test", EmailTaken),
        ("manager_of_baita@example.test", EmailTaken),
        ("nobody", EmailUnreadable),
    ],
)
def test_an_address_is_used_once_also_by_somebody_who_cannot_be_seen(
    cast: Cast, as_superuser: psycopg.Connection, email: str, problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        invite_person(
            cast["administrator_of_qinghe"], org=cast.qinghe, email=email, name="某", at=NOW
        )
    assert (entries(as_superuser), errands(as_superuser)) == ([], [])


@pytest.mark.parametrize("name", ["lead", "agent", "manager_of_qinghe", "auditor"])
def test_only_administrators_invite(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        invite_person(cast[name], org=cast.qinghe, email="x@example.test", name="某", at=NOW)


def test_nobody_invites_into_another_clients_organisation(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        invite_person(
            cast["administrator_of_qinghe"],
            org=cast.baita,
            email="x@example.test",
            name="某",
            at=NOW,
        )


def test_an_organisation_that_is_not_there_takes_nobody_in(cast: Cast) -> None:
    with pytest.raises(OrganisationUnknown):
        invite_person(cast["operator"], org=new_id(), email="x@example.test", name="某", at=NOW)


def test_a_role_opens_a_contract_and_its_end_closes_it(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    by, person, contract = cast["operator"], cast["planner"], cast.contract_baita
    set_role(by, person=person, contract=contract, role=Role.AGENT, at=NOW)
    with scoped(person) as scope:
        assert scope.roles(contract) == {"agent"}
    revoke_role(by, person=person, contract=contract, role=Role.AGENT, at=NOW)
    with scoped(person) as scope:
        assert contract not in scope.contracts
    assert [entry[1] for entry in entries(as_superuser)] == [
        "parties.set_role",
        "parties.revoke_role",
    ]


def test_a_role_with_an_end_ends_by_itself(cast: Cast) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    set_role(
        cast["operator"],
        person=cast["auditor"],
        contract=cast.contract_baita,
        role=Role.THIRD_PARTY,
        at=yesterday - timedelta(days=7),
        until=yesterday,
    )
    with scoped(cast["auditor"]) as scope:
        assert set(scope.contracts) == {cast.contract_qinghe}


def test_a_role_is_held_once_and_can_be_given_again_after_its_end(cast: Cast) -> None:
    give = partial(
        set_role, person=cast["agent"], contract=cast.contract_qinghe, role=Role.AGENT, at=NOW
    )
    take = partial(
        revoke_role, person=cast["agent"], contract=cast.contract_qinghe, role=Role.AGENT, at=NOW
    )
    with pytest.raises(RoleHeld):
        give(cast["operator"])
    take(cast["operator"])
    with pytest.raises(RoleNotHeld):
        take(cast["operator"])
    give(cast["operator"])


def test_an_administrator_of_a_client_gives_roles_in_the_contracts_they_have(cast: Cast) -> None:
    by, person = cast["administrator_of_qinghe"], cast["manager_of_qinghe"]
    set_role(by, person=person, contract=cast.contract_qinghe, role=Role.FINANCE, at=NOW)
    with pytest.raises(NotAllowed):
        set_role(by, person=person, contract=cast.contract_baita, role=Role.FINANCE, at=NOW)
    with pytest.raises(PersonUnknown):
        set_role(
            by,
            person=cast["manager_of_baita"],
            contract=cast.contract_qinghe,
            role=Role.FINANCE,
            at=NOW,
        )


def test_a_client_has_no_agents_and_a_provider_no_client_managers(cast: Cast) -> None:
    for name, role in (("manager_of_qinghe", Role.AGENT), ("agent", Role.CLIENT_MANAGER)):
        with pytest.raises(RoleNotOfOrganisation):
            set_role(
                cast["operator"],
                person=cast[name],
                contract=cast.contract_qinghe,
                role=role,
                at=NOW,
            )


def test_whoever_has_left_sees_nothing(cast: Cast, as_superuser: psycopg.Connection) -> None:
    end_membership(
        cast["administrator_of_qinghe"], person=cast["manager_of_qinghe"], at=datetime.now(UTC)
    )
    with pytest.raises(NotAdmitted), scoped(cast["manager_of_qinghe"]):
        pass
    open_roles = as_superuser.execute(
        "SELECT count(*) FROM parties_contractrole WHERE person_id = %s AND ends_at IS NULL",
        [cast["manager_of_qinghe"]],
    )
    assert open_roles.fetchone() == (0,)


def test_a_log_in_needs_the_right_password_of_somebody_active(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    with scoped(cast["lead"]):
        lead = Person.objects.get(pk=cast["lead"])
        lead.set_password("correct horse")
        lead.save(update_fields=["password"])
    assert authenticate(email="Lead@Example.test", password="correct horse") == lead
    assert authenticate(username="lead@example.test", password="correct horse") == lead
    assert authenticate(email="lead@example.test", password="wrong") is None
    assert authenticate(email="nobody@example.test", password="correct horse") is None
    assert EmailBackend().get_user(lead.pk) == lead
    as_superuser.execute("UPDATE parties_person SET is_active = false WHERE id = %s", [lead.pk])
    assert authenticate(email="lead@example.test", password="correct horse") is None
    assert EmailBackend().get_user(str(lead.pk)) is None
