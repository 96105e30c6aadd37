"""Who may see and write which rows of requests: the people of both parties who deal with them.

Whoever answers customers asks for help and answers; data that were handed over are not theirs to
see. Third parties see neither: it is between the two.
"""

from __future__ import annotations

from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.walls.rowsecurity import CONTRACTS, ORG, PERSON, WORKER, Rule

MANAGING = frozenset(
    role.value for role in (Role.CLIENT_MANAGER, Role.FINANCE, Role.CONTRACT_OFFICER, Role.LEAD)
)
"""Roles that deal with every request."""

SERVING = frozenset({Role.AGENT.value})
"""Roles that deal with all but data."""


def _roles(names: frozenset[str]) -> str:
    held = ", ".join(f"'{role}'" for role in sorted(names))
    return f"(SELECT pactdesk.scope()) -> 'contracts' -> contract_id::text ?| ARRAY[{held}]"


_IN_SCOPE = (
    f"contract_id = ANY ({CONTRACTS}::uuid[]) AND (current_user = '{WORKER}'"
    f" OR {_roles(MANAGING)} OR (kind <> 'data' AND {_roles(SERVING)}))"
)
_PARTY = (
    f"(SELECT CASE {ORG} WHEN provider_org_id THEN 'provider' WHEN client_org_id THEN 'client' END"
    " FROM contracts_contract WHERE contracts_contract.id = contract_id)"
)
_OF_REQUEST = (
    "EXISTS (SELECT FROM requests_request AS asked WHERE asked.id = request_id"
    " AND asked.contract_id = {table}.contract_id)"
)

REQUESTS = Rule(see=_IN_SCOPE)


def of_request(table: str) -> Rule:
    """Rows of the requests that can be seen; nobody writes in another's name."""
    seen = _OF_REQUEST.format(table=table)
    return Rule(see=seen, write=f"{seen} AND person_id = {PERSON} AND party = {_PARTY}")


ENTRIES = of_request("requests_entry")
# Written by who hands over, answered by who receives.
DELIVERIES = Rule(
    see=_OF_REQUEST.format(table="requests_delivery"),
    change=f"{_OF_REQUEST.format(table='requests_delivery')} AND receiver_id IS NULL",
    write=(
        f"{_OF_REQUEST.format(table='requests_delivery')} AND {PERSON} IN (person_id, receiver_id)"
    ),
)
FILES = Rule(see=_OF_REQUEST.format(table="requests_file"))
