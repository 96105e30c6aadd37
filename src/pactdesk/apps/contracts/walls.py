"""Who may see and write which rows of contracts.

The provider's administrators put contracts in, and so see what they put in; of what happens
under a contract they see nothing. Jobs see the list, to know whose days to seal.
"""

from __future__ import annotations

from pactdesk.apps.walls.rowsecurity import CONTRACTS, OPERATOR, Rule

CONTRACT_ROWS = Rule(
    see=f"id = ANY ({CONTRACTS}::uuid[]) OR {OPERATOR}", change=OPERATOR, worker_all=True
)
TERMS = Rule(see=f"contract_id = ANY ({CONTRACTS}::uuid[]) OR {OPERATOR}", change=OPERATOR)
DOCUMENTS = TERMS
