"""Being alone with somebody's clock: of two clicks at once the second sees what the first did."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from pactdesk.apps.contracts.kinds import ContractState
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contract_of
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.walls.scope import Scope
from pactdesk.apps.workforce.errors import ContractNotBegun

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('workforce ' || %s::text, 0))"


def hold_person(person: UUID) -> None:
    """Until the transaction ends nobody else clocks or plans this person."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [person])


def need_role(scope: Scope, contract: UUID, action: str, *roles: Role) -> Contract:
    """The contract, in which the scope's person has one of these roles.

    raises  ContractUnknown, NotAllowed, ContractNotBegun
    """
    stored = contract_of(scope, contract)
    if not scope.roles(contract) & {role.value for role in roles}:
        raise NotAllowed(action=action)
    if stored.state == ContractState.DRAFT.value:
        raise ContractNotBegun(code=stored.code)
    return stored


def employer(scope: Scope) -> UUID:
    """The organisation that the scope's person works for."""
    assert scope.org is not None  # noqa: S101 - whoever has a role works for somebody
    return scope.org
