"""Who may act for which party, and the log of the contract they act in."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contract_of
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.commitments import PersonalField
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.kinds import Party
from pactdesk.core.facts.log import AppendReport
from pactdesk.core.units.instants import zone_named

_OF_EITHER = frozenset({Role.FINANCE.value, Role.CONTRACT_OFFICER.value})

SPEAKING: dict[Party, frozenset[str]] = {
    Party.PROVIDER: _OF_EITHER | {Role.LEAD.value},
    Party.CLIENT: _OF_EITHER | {Role.CLIENT_MANAGER.value},
}
"""Roles whose word about a statement binds their company."""


def party_of(scope: Scope, contract: Contract) -> Party | None:
    """The side on which the scope's person stands; none for third parties and jobs."""
    sides = {contract.provider_org_id: Party.PROVIDER, contract.client_org_id: Party.CLIENT}
    return sides.get(scope.org) if scope.org else None


def may_speak(scope: Scope, contract: Contract, party: Party) -> bool:
    """Whether the scope's person may bind `party` in this contract."""
    on_that_side = party_of(scope, contract) is party
    return on_that_side and bool(scope.roles(contract.pk) & SPEAKING[party])


def need_party(
    scope: Scope, contract: UUID, action: str, *parties: Party
) -> tuple[Contract, Party]:
    """The contract, and the party for which the person may do `action`.

    raises  ContractUnknown, NotAllowed
    """
    stored = contract_of(scope, contract)
    for party in parties:
        if may_speak(scope, stored, party):
            return stored, party
    raise NotAllowed(action=action)


def log_of(contract: Contract) -> PostgresFactLog:
    """The facts of the contract, as far as the open scope sees them."""
    return PostgresFactLog(contract.pk, contract.code, zone_named(contract.zone))


def tell(
    contract: Contract, facts: Sequence[Fact], personal: Sequence[PersonalField] = ()
) -> AppendReport:
    """Write facts into the log, in the transaction that is open, at the database's time."""
    return log_of(contract).append_now(facts, personal)
