"""Who reads the portal: people with a role on either side of a contract, in that contract."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from pactdesk.apps.contracts.errors import ContractUnknown
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contract_of, contracts_visible_to
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.walls.scope import Scope
from pactdesk.web.access import for_roles

READERS = (
    Role.CLIENT_MANAGER,
    Role.FINANCE,
    Role.CONTRACT_OFFICER,
    Role.LEAD,
    Role.THIRD_PARTY,
)
_READING = frozenset(role.value for role in READERS)

for_readers = for_roles(*READERS)


def contracts_read_by(scope: Scope) -> QuerySet[Contract]:
    """The contracts in which the person has such a role."""
    theirs = [one for one, roles in scope.contracts.items() if roles & _READING]
    return contracts_visible_to(scope).filter(id__in=theirs)


def contract_read_by(scope: Scope, contract: UUID) -> Contract:
    """One of them.

    raises  ContractUnknown where the person has no role at all; NotAllowed where it is another
    """
    if contract not in scope.contracts:
        # Whoever administers the installation is no party to what happens under a contract.
        raise ContractUnknown(contract=contract)
    found = contract_of(scope, contract)
    if not scope.roles(contract) & _READING:
        raise NotAllowed(action="portal.read")
    return found
