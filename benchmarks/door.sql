-- The live door's own statements (apps/conversations/sql.py), one message a transaction, for pgbench:
-- role app, row security on, prepared, all of it in one round trip, which is more than the door
-- itself may do: it has to see what HOLD and KNOWN answer before it sends KEEP. As pgbench cannot
-- feed an answer into the next statement of a pipeline, the sequence is a time instead.
\startpipeline
BEGIN;
SELECT set_config('pactdesk.scope', format('{"contracts":{"%s":[]},"conversations":["00000000-0000-7000-8000-%s"]}', :contract::text, lpad((:client_id)::text, 12, '0')), true);
SELECT id, code, state, wait_reason, first_asked_at_ms, first_reply_at_ms, last_sequence
FROM conversations_conversation
WHERE id = ANY (ARRAY['00000000-0000-7000-8000-' || lpad((:client_id)::text, 12, '0')]::uuid[]) AND contract_id = :contract::uuid
ORDER BY id
FOR NO KEY UPDATE;
SELECT wanted.conversation, wanted.key, message.id, message.sequence, message.occurred_at_ms
FROM unnest(ARRAY['00000000-0000-7000-8000-' || lpad((:client_id)::text, 12, '0')]::uuid[], ARRAY[gen_random_uuid()::text]) AS wanted (conversation, key)
CROSS JOIN LATERAL (
    SELECT * FROM conversations_message AS one
    WHERE one.conversation_id = wanted.conversation AND one.idempotency_key = wanted.key
    OFFSET 0
) AS message
WHERE message.contract_id = :contract::uuid;
WITH moved AS (
    UPDATE conversations_conversation AS held
    SET last_sequence = stands.last_sequence,
        first_asked_at_ms = stands.first_asked_at_ms,
        first_reply_at_ms = stands.first_reply_at_ms,
        state = stands.state,
        wait_reason = stands.wait_reason
    FROM unnest(ARRAY['00000000-0000-7000-8000-' || lpad((:client_id)::text, 12, '0')]::uuid[], ARRAY[1::bigint], ARRAY[1::bigint], ARRAY[NULL::bigint], ARRAY['open'], ARRAY[NULL::text])
        AS stands (id, last_sequence, first_asked_at_ms, first_reply_at_ms, state, wait_reason)
    WHERE held.id = stands.id
), told AS (
    INSERT INTO audit_entry (id, person_id, org_id, contract_id, verb, subject_id, details)
    SELECT id, NULL::uuid, NULL::uuid, :contract::uuid, 'conversations.post', subject,
        jsonb_build_object('sequence', sequence)
    FROM unnest(ARRAY[gen_random_uuid()], ARRAY['00000000-0000-7000-8000-' || lpad((:client_id)::text, 12, '0')]::uuid[], ARRAY[1::bigint]) AS entry (id, subject, sequence)
)
INSERT INTO conversations_message (
    id, contract_id, conversation_id, sequence, author_kind, author_id,
    body_ciphertext, idempotency_key, occurred_at_ms, recorded_at_ms
)
SELECT id, :contract::uuid, conversation, sequence, author_kind, author, body, key, occurred,
    pactdesk.now_ms()
FROM unnest(
    ARRAY[gen_random_uuid()], ARRAY['00000000-0000-7000-8000-' || lpad((:client_id)::text, 12, '0')]::uuid[],
    ARRAY[(extract(epoch FROM clock_timestamp()) * 1000000)::bigint], ARRAY['customer'], ARRAY[NULL::uuid],
    ARRAY[decode(repeat('ab', :size), 'hex')], ARRAY[gen_random_uuid()::text], ARRAY[1793600000000]
) AS posted (id, conversation, sequence, author_kind, author, body, key, occurred)
RETURNING id, recorded_at_ms;
COMMIT;
\endpipeline
