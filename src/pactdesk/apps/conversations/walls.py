"""Who may see and write which rows of conversations."""

from __future__ import annotations

from pactdesk.apps.walls.rowsecurity import (
    CONTRACTS,
    OPERATOR,
    PERSON,
    SITE,
    Rule,
    by_contract,
    by_conversation,
)

CONVERSATIONS = by_conversation("id")
CONTENT_KEYS = by_contract()

# Nobody writes in another's name, and no person in a customer's.
MESSAGES = Rule(
    see=by_conversation().see,
    write=f"{by_conversation().see} AND author_id IS NOT DISTINCT FROM {PERSON}",
)

# Whoever knows the public key of a site sees that one: it stands in the shop's own page.
SITES = Rule(
    see=f"contract_id = ANY ({CONTRACTS}::uuid[]) OR public_key = {SITE} OR {OPERATOR}",
    change=f"contract_id = ANY ({CONTRACTS}::uuid[]) OR {OPERATOR}",
)

# A picture is written with its message, by whoever wrote that.
PICTURES = Rule(
    see=by_conversation().see,
    write=(
        f"{by_conversation().see} AND EXISTS (SELECT FROM conversations_message AS message"
        " WHERE message.id = message_id AND message.contract_id = conversations_picture.contract_id"
        " AND message.conversation_id = conversations_picture.conversation_id"
        f" AND message.author_id IS NOT DISTINCT FROM {PERSON})"
    ),
)
