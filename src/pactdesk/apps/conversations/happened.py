"""What the evidence tells of some conversations, folded as the measuring folds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from pactdesk.apps.conversations.models import Conversation
from pactdesk.core.facts.fact import RecordedFact, as_happened, from_kept
from pactdesk.core.facts.kinds import FactKind
from pactdesk.core.measure.interactions import Interaction, interactions

KINDS = (
    FactKind.INTERACTION_OPENED,
    FactKind.INTERACTION_CLASSIFIED,
    FactKind.INTERACTION_CLOSED,
    FactKind.CLOCK,
    FactKind.RATING,
)

# By kind and time, for which there is an index; the codes are looked at last. In canonical JSON
# the name is found as it stands (inside a text its quotation marks would be escaped), which is
# several times faster than reading every fact as JSON; a code has nothing to escape.
FACTS_OF = """
SELECT contract_id, content, recorded_at_ms FROM evidence_fact
WHERE kind = ANY (%s) AND occurred_at_ms >= %s AND contract_id = ANY (%s)
    AND split_part(split_part(convert_from(content, 'UTF8'), '"interaction":"', 2), '"', 1)
        = ANY (%s)
"""


def facts_of(conversations: Sequence[Conversation]) -> dict[UUID, list[RecordedFact]]:
    """Conversation → its facts as they happened; in one query, inside a scope."""
    if not conversations:
        return {}
    wanted = {(each.contract_id, each.code): each.id for each in conversations}
    since = min(each.opened_at_ms for each in conversations)
    contracts = list({each.contract_id for each in conversations})
    values: list[Any] = [
        [kind.value for kind in KINDS],
        since,
        contracts,
        [code for _, code in wanted],
    ]
    found: dict[UUID, list[RecordedFact]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(FACTS_OF, values)
        for contract, content, recorded_at in cursor.fetchall():
            told = from_kept(bytes(content), recorded_at)
            conversation = wanted.get((contract, str(told.fact.measured["interaction"])))
            if conversation is not None:
                found[conversation].append(told)
    return {one: as_happened(facts, *KINDS) for one, facts in found.items()}


def interaction_of(facts: Sequence[RecordedFact]) -> Interaction | None:
    """The conversation as the levels see it; None when no fact opened it."""
    folded = interactions(facts)
    return folded[0] if folded else None
