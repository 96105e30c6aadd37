"""What the database can keep of a fact, and the values of its statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from pactdesk.apps.evidence.errors import KeyNotStorable, TextNotStorable
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.facts.chain import check_contract
from pactdesk.core.facts.commitments import PersonalField
from pactdesk.core.facts.fact import Fact, FactKey, content_of
from pactdesk.core.facts.log import Entry, Refusal

# In characters; a whole key fits into one entry of an index, whatever its script.
LONGEST_SOURCE = 200
LONGEST_EVENT_ID = 400
LONGEST_FIELD = 200

_NUL = "\0"
_LONGEST = (("source", LONGEST_SOURCE), ("event_id", LONGEST_EVENT_ID))


def append_values(contract: UUID, contract_id: str, fact: Fact) -> list[object]:
    """The values of `sql.APPEND_FACT` for one fact, checked as every log checks it.

    contract     the id of the contract's rows; contract_id is what facts call it
    raises       LogOfAnotherContract, RecordMalformed, FactMalformed, KeyNotStorable
    """
    check_contract(expected=contract_id, found=fact.contract_id)
    fact.check()
    check_key(fact.key)
    kind, content = str(fact.kind), content_of(fact)
    return [new_id(), contract, *fact.key, kind, fact.occurred_at, content]


def storable(entries: Iterable[Entry]) -> tuple[list[Entry], tuple[Refusal, ...]]:
    """The facts whose keys the database can keep, and the others with the reason."""
    kept: list[Entry] = []
    refused: list[Refusal] = []
    for entry in entries:
        key = entry.recorded.fact.key
        try:
            check_key(key)
            kept.append(entry)
        except KeyNotStorable as error:
            refused.append(Refusal(*key, error))
    return kept, tuple(refused)


def check_key(key: FactKey) -> None:
    """Raises KeyNotStorable when the name of an event is too long, or holds a NUL."""
    for (field, longest), text in zip(_LONGEST, key, strict=True):
        if len(text) > longest or _NUL in text:
            raise KeyNotStorable(field=field, longest=longest)


def check_texts(texts: Sequence[PersonalField]) -> None:
    """Raises TextNotStorable for a personal text with a NUL, or a field with too long a name."""
    for each in texts:
        if _NUL in each.value + each.field or len(each.field) > LONGEST_FIELD:
            raise TextNotStorable(
                field=each.field[:LONGEST_FIELD], source=each.source, event_id=each.event_id
            )
