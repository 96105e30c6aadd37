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

# What nobody is known for yet is opened by the secret itself: its hash is told to this
# transaction, and only the row that has it can be seen.
SESSION_SETTING = "pactdesk.session"
TOKEN_SETTING = "pactdesk.token"  # noqa: S105  the name of a setting
ATTEMPTS_SETTING = "pactdesk.attempts"

_ADMINISTERED = (
    f"{OPERATOR} OR ({ADMINISTRATOR} AND person_id IN (SELECT person_id"
    f" FROM parties_membership AS membership WHERE membership.org_id = {ORG}))"
)
_HELD_KEY = f"key_hash = (SELECT current_setting('{SESSION_SETTING}', true))"
_HELD_TOKEN = f"token_hash = (SELECT current_setting('{TOKEN_SETTING}', true))"

SESSIONS = Rule(
    see=f"{_HELD_KEY} OR person_id = {PERSON} OR {_ADMINISTERED}",
    write=_HELD_KEY,
    worker_all=True,
)
TOKENS = Rule(see=f"{_HELD_TOKEN} OR person_id = {PERSON} OR {_ADMINISTERED}", worker_all=True)
SECOND_FACTORS = Rule(
    see=f"person_id = {PERSON} OR {_ADMINISTERED}",
    write=f"person_id = {PERSON}",
    worker_all=True,
)
RECOVERY_CODES = Rule(see=f"person_id = {PERSON} OR {_ADMINISTERED}", write=f"person_id = {PERSON}")
ATTEMPTS = Rule(
    see=(
        "key_hash = ANY (string_to_array("
        f"(SELECT current_setting('{ATTEMPTS_SETTING}', true)), ','))"
    ),
    worker_all=True,
)
