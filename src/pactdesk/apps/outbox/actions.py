"""Leaving an errand, in the transaction of the action that it follows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from django.db import connection

from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope

# Also the live door's statement. The pages may leave errands, not read them.
LEAVE = """
INSERT INTO outbox_errand (id, org_id, contract_id, kind, payload)
VALUES (%s, %s, %s, %s, %s::jsonb)
"""


def leave_errand(
    scope: Scope,
    kind: str,
    payload: Mapping[str, str | int | bool | None],
    *,
    org: UUID | None = None,
    contract: UUID | None = None,
) -> None:
    """A job will do `kind` once this transaction is committed, and not at all if it is not."""
    told = json.dumps(dict(payload), ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute(LEAVE, [new_id(), org or scope.org, contract, kind, told])
