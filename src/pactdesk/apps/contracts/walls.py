"""Who may see and write which rows of contracts.

The provider's administrators put contracts in, and so see what they put in; of what happens
under a contract they see nothing. Its contract officers look a draft through with them. Jobs
see the list, to know whose days to seal.
"""

from __future__ import annotations

from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.walls.rowsecurity import CONTRACTS, OPERATOR, ORG, PERSON, WORKER, Rule

_HAS_ROLE = (
    "coalesce((SELECT pactdesk.scope()) -> 'contracts' -> {contract}::text"
    f" ? '{Role.CONTRACT_OFFICER}', false)"
)
_OFFICER = f"({_HAS_ROLE.format(contract='id')} AND provider_org_id = {ORG})"
_OFFICER_OF = (
    f"({_HAS_ROLE.format(contract='contract_id')} AND {ORG} ="
    " (SELECT provider_org_id FROM contracts_contract WHERE contracts_contract.id = contract_id))"
)
_SEEN = f"contract_id = ANY ({CONTRACTS}::uuid[]) OR {OPERATOR}"

CONTRACT_ROWS = Rule(
    see=f"id = ANY ({CONTRACTS}::uuid[]) OR {OPERATOR}",
    change=f"{OPERATOR} OR {_OFFICER}",
    worker_all=True,
)
# What both parties agreed on, of a job's contract, a job enters: neither does it alone.
TERMS = Rule(
    see=_SEEN,
    change=f"{OPERATOR} OR {_OFFICER_OF}",
    write=f"{OPERATOR} OR {_OFFICER_OF}"
    f" OR (current_user = '{WORKER}' AND contract_id = ANY ({CONTRACTS}::uuid[]))",
)
DOCUMENTS = Rule(see=_SEEN, change=OPERATOR)
# Nobody looks through in another's name.
REVIEWS = Rule(see=_SEEN, change=f"({OPERATOR} OR {_OFFICER_OF}) AND by_id = {PERSON}")
