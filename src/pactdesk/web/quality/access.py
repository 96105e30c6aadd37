"""Who opens the pages of quality: both parties, and agents what was found about themselves."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from pactdesk.apps.contracts.errors import ContractUnknown
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contract_of
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.quality.walls import READING
from pactdesk.apps.walls.scope import Scope
from pactdesk.web.access import for_roles
from pactdesk.web.portal.tabs import trail as portal_trail
from pactdesk.web.quality.said import say

READERS = (Role.LEAD, Role.QA, Role.CLIENT_MANAGER, Role.FINANCE, Role.CONTRACT_OFFICER)
WORKERS = (Role.LEAD, Role.QA, Role.AGENT, Role.CLIENT_MANAGER)

for_readers = for_roles(*READERS)
for_workers = for_roles(*WORKERS)
for_whom_it_concerns = for_roles(*READERS, Role.AGENT)


def first_step(scope: Scope) -> tuple[str, str]:
    """Where a trail begins: at one's own page of quality, or at the contracts for who has none."""
    has_own = any(scope.roles(each) & set(WORKERS) for each in scope.contracts)
    return (say("title"), reverse("quality:mine")) if has_own else portal_trail()[0]


def contract_seen_by(scope: Scope, contract: UUID) -> Contract:
    """The contract, for its readers.

    raises  ContractUnknown where the person has no role at all; NotAllowed where it is another
    """
    if contract not in scope.contracts:
        raise ContractUnknown(contract=contract)
    found = contract_of(scope, contract)
    if not scope.roles(contract) & READING:
        raise NotAllowed(action="quality.read")
    return found
