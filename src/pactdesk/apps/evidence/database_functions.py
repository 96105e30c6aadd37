"""The functions and ties that the migration gives to the tables of the evidence."""

from __future__ import annotations

# Two kinds of locks, both until the transaction ends. On the log of a contract: shared for
# single facts, exclusive for batches and seals. On one event: exclusive, for single facts.
LOG_LOCK = """
CREATE FUNCTION pactdesk.evidence_lock(contract uuid) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN hashtextextended('pactdesk.evidence ' || contract::text, 0)
"""

NOW = """
CREATE FUNCTION pactdesk.now_ms() RETURNS bigint LANGUAGE sql VOLATILE
RETURN floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint
"""

# One number for one event of one contract; two events with the same number are told apart by
# their names. An index on it is one step away, however few rows PostgreSQL expects of a contract:
# of one whose first month comes in, it expects none, and looked for each event among all its rows.
EVENT_KEY = """
CREATE FUNCTION pactdesk.event_key(contract uuid, source text, event_id text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN hashtextextended(contract::text || ' ' || source || ' ' || event_id, 2)
"""

# Runs with the caller's rights, so behind the wall. It is a function, and not one big
# statement, because each of its statements sees what was committed while it waited for a lock.
APPEND_FACT = """
CREATE OR REPLACE FUNCTION pactdesk.append_fact(
    new_id uuid, contract uuid, of_source text, of_event text, of_kind text,
    occurred bigint, new_content bytea, OUT outcome text, OUT recorded_at_ms bigint
) LANGUAGE plpgsql AS $$
DECLARE
    version bytea := sha256(new_content);
    known bigint;
    others boolean;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(pactdesk.evidence_lock(contract));
    PERFORM pg_advisory_xact_lock(
        hashtextextended(jsonb_build_array(contract, of_source, of_event)::text, 1)
    );
    SELECT min(fact.recorded_at_ms) FILTER (WHERE fact.content_hash = version),
        coalesce(bool_or(fact.content_hash <> version), false)
    INTO known, others
    FROM evidence_fact AS fact
    WHERE fact.event_key = pactdesk.event_key(contract, of_source, of_event)
        AND fact.contract_id = contract AND fact.source = of_source AND fact.event_id = of_event;
    recorded_at_ms := pactdesk.now_ms();
    outcome := CASE
        WHEN others THEN 'conflict' WHEN known IS NOT NULL THEN 'duplicate' ELSE 'added'
    END;
    IF known <= recorded_at_ms THEN
        recorded_at_ms := known;
        RETURN;
    END IF;
    INSERT INTO evidence_fact
        (id, contract_id, source, event_id, kind, occurred_at_ms, recorded_at_ms, content)
    VALUES
        (new_id, contract, of_source, of_event, of_kind, occurred, recorded_at_ms, new_content);
END
$$
"""

# Whatever way a fact comes in: never into a sealed day. Who seals waits for those who add.
GUARD = """
CREATE FUNCTION pactdesk.guard_sealed_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(pactdesk.evidence_lock(one.contract_id))
    FROM (SELECT DISTINCT contract_id FROM added ORDER BY contract_id) AS one;
    IF EXISTS (
        SELECT FROM (
            SELECT contract_id, min(recorded_at_ms) AS first_ms FROM added GROUP BY contract_id
        ) AS batch
        JOIN evidence_checkpoint AS seal
            ON seal.contract_id = batch.contract_id AND seal.sealed_until_ms > batch.first_ms
    ) THEN
        RAISE EXCEPTION 'the day is sealed' USING ERRCODE = 'PD001';
    END IF;
    RETURN NULL;
END
$$
"""

GUARD_FACTS = """
CREATE TRIGGER guard_sealed_days AFTER INSERT ON evidence_fact
REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION pactdesk.guard_sealed_days()
"""

CHAIN = """
ALTER TABLE evidence_checkpoint ADD CONSTRAINT chained
FOREIGN KEY (contract_id, previous) REFERENCES evidence_checkpoint (contract_id, digest)
"""

MADE = (LOG_LOCK, NOW, APPEND_FACT, GUARD, GUARD_FACTS, CHAIN)
UNMADE = (
    "ALTER TABLE evidence_checkpoint DROP CONSTRAINT chained",
    "DROP TRIGGER guard_sealed_days ON evidence_fact",
    "DROP FUNCTION pactdesk.guard_sealed_days()",
    "DROP FUNCTION pactdesk.append_fact(uuid, uuid, text, text, text, bigint, bytea)",
    "DROP FUNCTION pactdesk.now_ms()",
    "DROP FUNCTION pactdesk.evidence_lock(uuid)",
)
