"""The statements that post messages, as text: the pages' and the live door's alike.

Two round trips for any number of messages of one contract. `HOLD`, then `KNOWN`, which being a
statement of its own sees what was committed while `HOLD` waited; then `KEEP`. Until the commit
the conversations are ours alone, so of two that post at once each gets its own number, and of
two that post the same key the second finds the first one's message.
"""

from __future__ import annotations

# Values: conversations, contract. In one order for everybody, so that nobody waits in a ring.
HOLD = """
SELECT id, code, state, wait_reason, first_asked_at_ms, first_reply_at_ms, last_sequence
FROM conversations_conversation
WHERE id = ANY (%s::uuid[]) AND contract_id = %s::uuid
ORDER BY id
FOR NO KEY UPDATE
"""

# Which keys were used before, and for which message. Values: conversations, keys, contract.
KNOWN = """
SELECT wanted.conversation, wanted.key, message.id, message.sequence, message.occurred_at_ms
FROM unnest(%s::uuid[], %s::text[]) AS wanted (conversation, key)
CROSS JOIN LATERAL (
    SELECT * FROM conversations_message AS one
    WHERE one.conversation_id = wanted.conversation AND one.idempotency_key = wanted.key
    OFFSET 0  -- one look into the index for each key, whatever the statistics say
) AS message
WHERE message.contract_id = %s::uuid
"""

# Keeps the messages, moves the conversations on, and writes the audit. Answers (id,
# recorded_at_ms) of each message. Values: `posting.Plan.values`.
KEEP = """
WITH moved AS (
    UPDATE conversations_conversation AS held
    SET last_sequence = stands.last_sequence,
        first_asked_at_ms = stands.first_asked_at_ms,
        first_reply_at_ms = stands.first_reply_at_ms,
        state = stands.state,
        wait_reason = stands.wait_reason
    FROM unnest(%s::uuid[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::text[])
        AS stands (id, last_sequence, first_asked_at_ms, first_reply_at_ms, state, wait_reason)
    WHERE held.id = stands.id
), told AS (
    INSERT INTO audit_entry (id, person_id, org_id, contract_id, verb, subject_id, details)
    SELECT id, %s::uuid, %s::uuid, %s::uuid, %s::text, subject,
        jsonb_build_object('sequence', sequence)
    FROM unnest(%s::uuid[], %s::uuid[], %s::bigint[]) AS entry (id, subject, sequence)
)
INSERT INTO conversations_message (
    id, contract_id, conversation_id, sequence, author_kind, author_id,
    body_ciphertext, idempotency_key, occurred_at_ms, recorded_at_ms
)
SELECT id, %s::uuid, conversation, sequence, author_kind, author, body, key, occurred,
    pactdesk.now_ms()
FROM unnest(
    %s::uuid[], %s::uuid[], %s::bigint[], %s::text[], %s::uuid[], %s::bytea[], %s::text[],
    %s::bigint[]
) AS posted (id, conversation, sequence, author_kind, author, body, key, occurred)
RETURNING id, recorded_at_ms
"""
