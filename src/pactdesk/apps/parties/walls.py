"""The walls around the parties' rows: who sees, who changes, in SQL for the migration.

Seen from a contract, the people and organisations of both its parties are known; changed are
only one's own. An administrator of a client gives roles only in contracts that the provider
has opened to them, so that nobody lets themselves into somebody else's contract.
"""

from __future__ import annotations

from pactdesk.apps.walls.rowsecurity import (
    ADMINISTRATOR,
    CONTRACTS,
    LOGIN,
    OPERATOR,
    ORG,
    PERSON,
    Rule,
)

_OWN_ORG = f"(org_id = {ORG} AND {ADMINISTRATOR}) OR {OPERATOR}"
_IN_CONTRACTS = f"contract_id = ANY ({CONTRACTS}::uuid[])"

ORGANISATIONS = Rule(
    see=(
        f"id = {ORG} OR {OPERATOR}"
        f" OR id IN (SELECT org_id FROM parties_membership WHERE person_id = {PERSON})"
        f" OR id IN (SELECT org_id FROM parties_contractrole WHERE {_IN_CONTRACTS})"
    ),
    change=f"(id = {ORG} AND {ADMINISTRATOR}) OR {OPERATOR}",
)

PEOPLE = Rule(
    see=(
        f"id = {PERSON} OR email = {LOGIN} OR {OPERATOR}"
        f" OR id IN (SELECT person_id FROM parties_membership WHERE org_id = {ORG})"
        f" OR id IN (SELECT person_id FROM parties_contractrole WHERE {_IN_CONTRACTS})"
    ),
    # A new person's membership is written first (its foreign key is checked at the end).
    change=(
        f"id = {PERSON} OR {OPERATOR} OR ({ADMINISTRATOR} AND id IN (SELECT person_id"
        f" FROM parties_membership WHERE org_id = {ORG} AND ended_at IS NULL))"
    ),
)

MEMBERSHIPS = Rule(
    see=f"person_id = {PERSON} OR org_id = {ORG} OR {OPERATOR}",
    change=_OWN_ORG,
)

ROLES = Rule(
    see=f"person_id = {PERSON} OR {_IN_CONTRACTS} OR {_OWN_ORG}",
    change=_OWN_ORG,
    write=(
        f"((org_id = {ORG} AND {ADMINISTRATOR} AND {_IN_CONTRACTS}) OR {OPERATOR})"
        " AND person_id IN (SELECT person_id FROM parties_membership AS membership"
        " WHERE membership.org_id = parties_contractrole.org_id AND membership.ended_at IS NULL)"
    ),
)
