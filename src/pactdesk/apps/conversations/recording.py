"""The facts of a conversation go into the contract's log, in the action's own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from pactdesk.apps.conversations.actions import RecordFacts
from pactdesk.apps.evidence.sql import APPEND_FACT
from pactdesk.apps.evidence.values import append_values
from pactdesk.core.facts.fact import Fact


def into_log(contract: UUID, contract_code: str) -> RecordFacts:
    """Writes facts one by one, at the database's time; what cannot be written undoes the action."""

    def write(facts: Sequence[Fact]) -> None:
        with connection.cursor() as cursor:
            for fact in facts:
                values: list[Any] = append_values(contract, contract_code, fact)
                cursor.execute(APPEND_FACT, values)

    return write
