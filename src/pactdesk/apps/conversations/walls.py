"""Who may see and write which rows of conversations."""

from __future__ import annotations

from pactdesk.apps.walls.rowsecurity import CONTRACTS, PERSON, Rule, by_contract

CONVERSATIONS = by_contract()
CONTENT_KEYS = by_contract()

# Nobody writes in another's name, and no person in a customer's.
MESSAGES = Rule(
    see=f"contract_id = ANY ({CONTRACTS}::uuid[])",
    write=f"contract_id = ANY ({CONTRACTS}::uuid[]) AND author_id IS NOT DISTINCT FROM {PERSON}",
)
