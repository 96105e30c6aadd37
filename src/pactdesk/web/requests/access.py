"""Who opens the pages of requests: the people of both parties who deal with them."""

from __future__ import annotations

from uuid import UUID

from pactdesk.apps.contracts.errors import ContractUnknown
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.parties.kinds import OrganisationKind, Role
from pactdesk.apps.parties.models import Organisation
from pactdesk.apps.requests.kinds import Kind
from pactdesk.apps.requests.queries import need_side
from pactdesk.apps.requests.walls import MANAGING, SERVING
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.names import Party
from pactdesk.web.access import for_roles

for_dealing = for_roles(*(Role(name) for name in sorted(MANAGING | SERVING)))
"""All requests but those for data."""

for_managing = for_roles(*(Role(name) for name in sorted(MANAGING)))
"""Requests for data, too."""


def dealt_with(scope: Scope, contract: UUID, kind: Kind = Kind.HELP) -> tuple[Contract, Party]:
    """The contract, and the side of the visitor.

    raises  ContractUnknown where the person has no role at all; NotAllowed where it is another
    """
    if contract not in scope.contracts:
        # Whoever administers the installation is no party to what happens under a contract.
        raise ContractUnknown(contract=contract)
    return need_side(scope, contract, "requests.read", kind)


def side_in_general(scope: Scope) -> Party | None:
    """The side of the visitor's organisation, in whatever contract."""
    if scope.org is None:
        return None
    own = Organisation.objects.filter(id=scope.org).values_list("kind", flat=True).first()
    sides = {
        OrganisationKind.PROVIDER.value: Party.PROVIDER,
        OrganisationKind.CLIENT.value: Party.CLIENT,
    }
    return sides.get(own or "")
