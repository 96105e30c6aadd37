"""Whose rows a transaction sees: those of its scope, and without one none at all."""

from __future__ import annotations

from contextlib import suppress

import psycopg
import pytest
from django.db import connection, transaction

from pactdesk.apps.parties.errors import NotAdmitted
from pactdesk.apps.parties.models import ContractRole, Organisation, Person
from pactdesk.apps.parties.scoping import ENTER_SCOPE, scoped
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope, ScopeDiffers, ScopeNotFirst, within
from tests.support.cast import PEOPLE, Cast


def test_without_a_scope_nothing_is_visible(cast: Cast) -> None:
    assert Person.objects.count() == 0
    assert Organisation.objects.count() == 0
    assert ContractRole.objects.count() == 0


def test_raw_sql_without_any_filter_sees_nothing_of_another_client(
    cast: Cast, as_app: psycopg.Connection
) -> None:
    with as_app.transaction():
        as_app.execute(ENTER_SCOPE, [cast["manager_of_qinghe"]])
        contracts = as_app.execute("SELECT DISTINCT contract_id FROM parties_contractrole")
        assert contracts.fetchall() == [(cast.contract_qinghe,)]
        orgs = {row[0] for row in as_app.execute("SELECT id FROM parties_organisation")}
        assert orgs == {cast.provider, cast.qinghe, cast.auditor_office}
        names = {row[0] for row in as_app.execute("SELECT name FROM parties_person")}
    assert names == {name for name, (_, _, roles) in PEOPLE.items() if "qinghe" in roles}


def test_a_scope_ends_with_its_transaction_on_a_connection_that_lives_on(
    cast: Cast, as_app: psycopg.Connection
) -> None:
    with as_app.transaction():
        as_app.execute(ENTER_SCOPE, [cast["operator"]])
        assert as_app.execute("SELECT count(*) FROM parties_person").fetchone() == (len(PEOPLE),)
    with as_app.transaction():
        assert as_app.execute("SELECT count(*) FROM parties_person").fetchone() == (0,)


def test_a_scope_ends_with_its_block_in_django_too_also_when_the_block_fails(cast: Cast) -> None:
    with suppress(ZeroDivisionError), scoped(cast["lead"]):
        assert Person.objects.exists()
        raise ZeroDivisionError
    assert connection.connection is not None, "the connection is the same one"
    assert not Person.objects.exists()


def test_a_scope_names_the_contracts_and_roles_that_hold_now(cast: Cast) -> None:
    with scoped(cast["agent_of_qinghe"]) as scope:
        assert scope == Scope(
            person=cast["agent_of_qinghe"],
            org=cast.provider,
            contracts={cast.contract_qinghe: frozenset({"agent"})},
        )


def test_only_an_administrator_of_the_provider_operates_the_installation(cast: Cast) -> None:
    operators = []
    for name in PEOPLE:
        with scoped(cast[name]) as scope:
            operators += [name] if scope.operator else []
    assert operators == ["operator"]


def test_whoever_is_unknown_is_not_admitted_and_sees_nothing(cast: Cast) -> None:
    with pytest.raises(NotAdmitted), scoped(new_id()):
        pass
    assert not Person.objects.exists()


def test_a_scope_inside_the_same_persons_scope_joins_it(cast: Cast) -> None:
    with scoped(cast["lead"]) as outer, scoped(cast["lead"]) as inner:
        assert inner == outer


def test_nobody_slips_into_another_scope_inside_one(cast: Cast) -> None:
    with scoped(cast["lead"]):
        with pytest.raises(ScopeDiffers), scoped(cast["agent"]):
            pass
        with pytest.raises(ScopeDiffers), within(Scope(operator=True)):
            pass


def test_a_scope_is_not_set_in_a_transaction_that_began_without_one(cast: Cast) -> None:
    with transaction.atomic(), pytest.raises(ScopeNotFirst), scoped(cast["lead"]):
        pass
