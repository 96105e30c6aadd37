"""Who may see and write which rows of statements: also the database asks for the role.

Whoever answers customers need not see what their company is paid.
"""

from __future__ import annotations

from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.walls.rowsecurity import CONTRACTS, ORG, PERSON, WORKER, Rule

READING = frozenset(
    role.value
    for role in (
        Role.CLIENT_MANAGER,
        Role.FINANCE,
        Role.CONTRACT_OFFICER,
        Role.LEAD,
        Role.THIRD_PARTY,
    )
)
"""Roles that see statements, standings and what stands behind them."""

_ROLES = ", ".join(f"'{role}'" for role in sorted(READING))
_IN_SCOPE = (
    f"contract_id = ANY ({CONTRACTS}::uuid[]) AND (current_user = '{WORKER}'"
    f" OR (SELECT pactdesk.scope()) -> 'contracts' -> contract_id::text ?| ARRAY[{_ROLES}])"
)
_PARTY = (
    f"(SELECT CASE {ORG} WHEN provider_org_id THEN 'provider' WHEN client_org_id THEN 'client' END"
    " FROM contracts_contract WHERE contracts_contract.id = contract_id)"
)

# Nobody acts in another's name, nor for a party that is not theirs.
STATEMENTS = Rule(see=_IN_SCOPE, write=f"{_IN_SCOPE} AND {PERSON} IS NOT NULL")
CONFIRMATIONS = Rule(
    see=_IN_SCOPE,
    write=f"{_IN_SCOPE} AND person_id = {PERSON} AND party = {_PARTY}",
)
OBJECTIONS = Rule(
    see=_IN_SCOPE,
    # What has ended stays as it is.
    change=f"{_IN_SCOPE} AND outcome IS NULL",
    write=f"{_IN_SCOPE} AND {PERSON} IN (by_id, answered_by_id)",
)
STANDINGS = Rule(see=_IN_SCOPE)
# Between the two parties alone: whoever comes in from outside has no part in it.
_OF_PARTY = f"{_IN_SCOPE} AND (current_user = '{WORKER}' OR {_PARTY} IS NOT NULL)"
DISPUTES = Rule(
    see=_OF_PARTY,
    # What has ended stays as it is.
    change=f"{_OF_PARTY} AND state = 'open'",
    write=f"{_OF_PARTY} AND {PERSON} IS NOT NULL",
)
DISPUTE_ENTRIES = Rule(
    see=_OF_PARTY, write=f"{_OF_PARTY} AND by_id = {PERSON} AND party = {_PARTY}"
)
