"""Who acts for which party in matters of quality."""

from __future__ import annotations

from uuid import UUID

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contract_of
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.quality.errors import QualityReasonMissing, QualityTextTooLong
from pactdesk.apps.quality.models import LONGEST_TEXT
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.names import Party

Roles = dict[Party, frozenset[str]]

REVIEWING: Roles = {
    Party.PROVIDER: frozenset({Role.QA.value, Role.LEAD.value}),
    Party.CLIENT: frozenset({Role.CLIENT_MANAGER.value}),
}
"""Who plans samples, reviews, and objects to the other party's marks."""

DECIDING: Roles = {
    Party.PROVIDER: frozenset({Role.LEAD.value}),
    Party.CLIENT: frozenset({Role.CLIENT_MANAGER.value}),
}
"""Who decides about a contested mark of their own party's review."""

EVALUATING: Roles = {
    Party.PROVIDER: frozenset({Role.LEAD.value, Role.CONTRACT_OFFICER.value}),
    Party.CLIENT: frozenset({Role.CLIENT_MANAGER.value, Role.CONTRACT_OFFICER.value}),
}
"""Who evaluates for the client, and who answers for the provider."""


def side_of(scope: Scope, contract: Contract) -> Party | None:
    """The side on which the scope's person stands."""
    sides = {contract.provider_org_id: Party.PROVIDER, contract.client_org_id: Party.CLIENT}
    return sides.get(scope.org) if scope.org else None


def may(scope: Scope, contract: Contract, party: Party, roles: Roles) -> bool:
    """Whether the person is one of `roles` on the side of `party`."""
    return side_of(scope, contract) is party and bool(scope.roles(contract.pk) & roles[party])


def need(
    scope: Scope, contract: UUID, action: str, roles: Roles, *parties: Party
) -> tuple[Contract, Party]:
    """The contract, and the party for which the person may do `action`.

    raises  ContractUnknown, NotAllowed
    """
    stored = contract_of(scope, contract)
    for party in parties or tuple(Party):
        if may(scope, stored, party, roles):
            return stored, party
    raise NotAllowed(action=action)


def said(words: str, *, needed: bool = True) -> str:
    """What was written, without the blanks around it.

    raises  QualityReasonMissing, QualityTextTooLong
    """
    kept = words.strip()
    if needed and not kept:
        raise QualityReasonMissing()
    if len(kept) > LONGEST_TEXT:
        raise QualityTextTooLong(length=len(kept), longest=LONGEST_TEXT)
    return kept
