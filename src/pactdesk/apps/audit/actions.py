"""Writing the audit: one entry, in the transaction of what it tells."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from django.db import connection

from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope

# Also the live door's statement. It asks for nothing back: whoever may write an entry need
# not be able to read it (somebody whose log-in failed has no scope).
RECORD = """
INSERT INTO audit_entry (id, person_id, org_id, contract_id, verb, subject_id, details)
VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb)
"""

# The wall hides others' entries, not that an id is taken.
RECORD_ONCE = RECORD.rstrip() + " ON CONFLICT DO NOTHING"

# The same for many contracts at once. Values: person, organisation, verb, entries, contracts.
RECORD_EACH_ONCE = """
INSERT INTO audit_entry (id, person_id, org_id, contract_id, verb, subject_id, details)
SELECT entry, %s, %s, contract, %s, contract, '{}'::jsonb
FROM unnest(%s::uuid[], %s::uuid[]) AS shown (entry, contract)
ON CONFLICT DO NOTHING
"""


def record(
    scope: Scope,
    verb: str,
    *,
    subject: UUID | None = None,
    org: UUID | None = None,
    contract: UUID | None = None,
    details: Mapping[str, str | int | bool | None] | None = None,
) -> None:
    """Write that the scope's person did `verb`, on behalf of their organisation unless told.

    The wall lets nobody write in another's name.
    """
    told = json.dumps(dict(details or {}), ensure_ascii=False)
    values = [new_id(), scope.person, org or scope.org, contract, verb, subject, told]
    with connection.cursor() as cursor:
        cursor.execute(RECORD, values)


def record_once(
    scope: Scope, verb: str, *, entry: UUID, subject: UUID, contract: UUID | None = None
) -> None:
    """Write what `record` would, unless there is an entry with the id `entry` already."""
    values = [entry, scope.person, scope.org, contract, verb, subject, "{}"]
    with connection.cursor() as cursor:
        cursor.execute(RECORD_ONCE, values)


def record_each_once(scope: Scope, verb: str, entries: Mapping[UUID, UUID]) -> None:
    """As `record_once`, of whole contracts: entry → contract."""
    values = [scope.person, scope.org, verb, list(entries), list(entries.values())]
    with connection.cursor() as cursor:
        cursor.execute(RECORD_EACH_ONCE, values)
