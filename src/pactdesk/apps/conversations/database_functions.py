"""The database's own part: the tie of messages to their contract, and when a state changed."""

from __future__ import annotations

# How messages were posted at first; migration 0002 takes it away.
POST_MESSAGE = """
CREATE FUNCTION pactdesk.post_message(
    new_id uuid, contract uuid, of_conversation uuid, of_kind text, author uuid,
    ciphertext bytea, sender_key text, occurred bigint,
    OUT message_id uuid, OUT message_sequence bigint, OUT fresh boolean
) RETURNS SETOF record LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM conversations_conversation AS held
    WHERE held.id = of_conversation AND held.contract_id = contract
    FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT known.id, known.sequence, false INTO message_id, message_sequence, fresh
    FROM conversations_message AS known
    WHERE known.conversation_id = of_conversation AND known.idempotency_key = sender_key;
    IF FOUND THEN
        RETURN NEXT;
        RETURN;
    END IF;
    UPDATE conversations_conversation AS held SET last_sequence = held.last_sequence + 1
    WHERE held.id = of_conversation AND held.state <> 'closed'
    RETURNING new_id, held.last_sequence, true INTO message_id, message_sequence, fresh;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    INSERT INTO conversations_message (
        id, contract_id, conversation_id, sequence, author_kind, author_id,
        body_ciphertext, idempotency_key, occurred_at_ms, recorded_at_ms
    ) VALUES (
        new_id, contract, of_conversation, message_sequence, of_kind, author,
        ciphertext, sender_key, occurred,
        floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint
    );
    RETURN NEXT;
END
$$
"""

TIE = """
ALTER TABLE conversations_message ADD CONSTRAINT message_of_its_contract
FOREIGN KEY (contract_id, conversation_id) REFERENCES conversations_conversation (contract_id, id)
"""

MADE = (POST_MESSAGE, TIE)
POST_MESSAGE_UNMADE = (
    "DROP FUNCTION pactdesk.post_message(uuid, uuid, uuid, text, uuid, bytea, text, bigint)"
)
UNMADE = (
    "ALTER TABLE conversations_message DROP CONSTRAINT message_of_its_contract",
    POST_MESSAGE_UNMADE,
)

# Whoever watches asks for what changed since; nobody else's clock has a say in it.
NOTE_CHANGE = """
CREATE FUNCTION pactdesk.note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_at_ms := pactdesk.now_ms();
    RETURN NEW;
END
$$
"""
NOTE_CHANGES = """
CREATE TRIGGER note_changes BEFORE UPDATE ON conversations_conversation FOR EACH ROW
WHEN ((OLD.state, OLD.wait_reason) IS DISTINCT FROM (NEW.state, NEW.wait_reason)
    OR OLD.changed_at_ms <> NEW.changed_at_ms)
EXECUTE FUNCTION pactdesk.note_change()
"""
NOTE_OPENING = """
CREATE TRIGGER note_opening BEFORE INSERT ON conversations_conversation
FOR EACH ROW EXECUTE FUNCTION pactdesk.note_change()
"""
CHANGES_MADE = (NOTE_CHANGE, NOTE_CHANGES, NOTE_OPENING)
CHANGES_UNMADE = (
    "DROP TRIGGER note_opening ON conversations_conversation",
    "DROP TRIGGER note_changes ON conversations_conversation",
    "DROP FUNCTION pactdesk.note_change()",
)
