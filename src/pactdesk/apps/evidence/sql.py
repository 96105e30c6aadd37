"""The statements of the fact log, as text: also the live door's.

Every one names the contract, besides the wall, which lets through no other one's rows.
"""

from __future__ import annotations

# One fact, in one round trip, at the database's time. Answers ('added' | 'duplicate' |
# 'conflict', the version's recording time); a duplicate changes nothing.
# Values: `values.append_values`. Raises SQLSTATE PD001 on a sealed day.
APPEND_FACT = """
SELECT outcome, recorded_at_ms FROM pactdesk.append_fact(%s, %s, %s, %s, %s, %s, %s)
"""

# Alone with the log of one contract until the transaction ends: for batches and for seals.
LOCK_LOG = "SELECT pg_advisory_xact_lock(pactdesk.evidence_lock(%s))"

DATABASE_TIME = "SELECT pactdesk.now_ms()"

# Rows of one event are looked up by `event_key` (database_functions), then told apart by name;
# `+ 0` keeps PostgreSQL from looking for earlier ones by time.

# One row for each version, with its earliest time; `contested`: its event has others too.
VERSIONS_BETWEEN = """
SELECT source, event_id, recorded_at_ms, content, EXISTS (
    SELECT FROM evidence_fact AS other
    WHERE other.event_key = fact.event_key
        AND other.contract_id = fact.contract_id
        AND other.source = fact.source
        AND other.event_id = fact.event_id
        AND other.content_hash <> fact.content_hash
) AS contested
FROM evidence_fact AS fact
WHERE contract_id = %s AND recorded_at_ms >= %s AND recorded_at_ms < %s AND NOT EXISTS (
    SELECT FROM evidence_fact AS earlier
    WHERE earlier.event_key = fact.event_key
        AND earlier.contract_id = fact.contract_id
        AND earlier.source = fact.source
        AND earlier.event_id = fact.event_id
        AND earlier.content_hash = fact.content_hash
        AND earlier.recorded_at_ms + 0 < fact.recorded_at_ms
    OFFSET 0
)
ORDER BY recorded_at_ms, source, event_id
"""

# Every version of the events named, and whether it was left out of the seal of its day.
# Values: the contract, sources and ids, the contract.
VERSIONS_OF = """
SELECT fact.source, fact.event_id, fact.recorded_at_ms, fact.content, left_out.id IS NOT NULL
FROM (
    SELECT source, event_id, pactdesk.event_key(%s, source, event_id) AS event_key
    FROM unnest(%s::text[], %s::text[]) AS named (source, event_id)
    OFFSET 0  -- behind the wall an index is looked into with a plain value only
) AS wanted
CROSS JOIN LATERAL (
    SELECT * FROM evidence_fact AS one
    WHERE one.event_key = wanted.event_key
        AND one.contract_id = %s
        AND one.source = wanted.source COLLATE "C"
        AND one.event_id = wanted.event_id COLLATE "C"
    OFFSET 0  -- one look into the index for each event, whatever the statistics say
) AS fact
LEFT JOIN evidence_conflict AS left_out
    ON left_out.contract_id = fact.contract_id
    AND left_out.source = fact.source
    AND left_out.event_id = fact.event_id
    AND left_out.content_hash = fact.content_hash
"""

CONTESTED_EVENTS = """
SELECT source, event_id FROM evidence_fact WHERE contract_id = %s
GROUP BY source, event_id HAVING count(DISTINCT content_hash) > 1
ORDER BY source, event_id
"""

# The first and the last recording time that is the earliest of some version; the very first one
# always is. Each from one end of the index on time, not from a look at every fact.
# Values: the contract, twice.
RECORDED_FROM_TO = """
SELECT (
    SELECT recorded_at_ms FROM evidence_fact
    WHERE contract_id = %s ORDER BY recorded_at_ms LIMIT 1
), (
    SELECT recorded_at_ms FROM evidence_fact AS fact
    WHERE contract_id = %s AND NOT EXISTS (
        SELECT FROM evidence_fact AS earlier
        WHERE earlier.event_key = fact.event_key
        AND earlier.contract_id = fact.contract_id
            AND earlier.source = fact.source
            AND earlier.event_id = fact.event_id
            AND earlier.content_hash = fact.content_hash
            AND earlier.recorded_at_ms + 0 < fact.recorded_at_ms
        OFFSET 0
    )
    ORDER BY recorded_at_ms DESC LIMIT 1
)
"""

# The events that tell of one interaction; the bytes are as canonical JSON has its name.
EVENTS_ABOUT = """
SELECT DISTINCT source, event_id FROM evidence_fact
WHERE contract_id = %s AND position(%s::bytea IN content) > 0
"""

# Facts recorded since then on a later local day than they happened on; the latest first.
RECORDED_LATE = """
SELECT source, event_id, kind, occurred_at_ms, recorded_at_ms, count(*) OVER ()
FROM evidence_fact AS fact
WHERE contract_id = %s AND recorded_at_ms >= %s
    AND date(to_timestamp(recorded_at_ms / 1000.0) AT TIME ZONE %s)
        > date(to_timestamp(occurred_at_ms / 1000.0) AT TIME ZONE %s)
ORDER BY recorded_at_ms DESC, source, event_id
LIMIT %s
"""

ADD_FACTS = """
INSERT INTO evidence_fact
    (id, contract_id, source, event_id, kind, occurred_at_ms, recorded_at_ms, content)
SELECT id, %s, source, event_id, kind, occurred_at_ms, recorded_at_ms, content
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::bytea[])
    AS added (id, source, event_id, kind, occurred_at_ms, recorded_at_ms, content)
"""

ADD_PERSONAL = """
INSERT INTO evidence_personal (id, contract_id, source, event_id, field, commitment, salt, value)
SELECT id, %s, source, event_id, field, commitment, salt, value
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bytea[], %s::text[])
    AS added (id, source, event_id, field, commitment, salt, value)
ON CONFLICT DO NOTHING
"""

PERSONAL = """
SELECT source, event_id, field, salt, value FROM evidence_personal
WHERE contract_id = %s ORDER BY source, event_id, field COLLATE "C"
"""

ERASE_PERSONAL = """
DELETE FROM evidence_personal AS personal
USING unnest(%s::text[], %s::text[]) AS wanted (source, event_id)
WHERE personal.contract_id = %s
    AND personal.source = wanted.source COLLATE "C"
    AND personal.event_id = wanted.event_id COLLATE "C"
"""

LAST_SEALED = """
SELECT day FROM evidence_checkpoint WHERE contract_id = %s ORDER BY number DESC LIMIT 1
"""

CHECKPOINTS = "SELECT record FROM evidence_checkpoint WHERE contract_id = %s ORDER BY number"

ADD_CHECKPOINT = """
INSERT INTO evidence_checkpoint
    (id, contract_id, day, number, digest, previous, sealed_until_ms, record)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""

ADD_LEFT_OUT = """
INSERT INTO evidence_conflict (id, contract_id, source, event_id, content_hash, day)
SELECT id, %s, source, event_id, sha256(content), %s
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::bytea[])
    AS left_out (id, source, event_id, content)
"""
