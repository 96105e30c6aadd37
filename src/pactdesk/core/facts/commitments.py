"""Personal fields: the log holds only a salted commitment, the text lies beside it.

Erasing the text and its salt leaves the tree as it was: the commitment still stands in the
record, and without the salt it says nothing about the text, not even to somebody who guesses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest

from pactdesk.core.facts.canonical import Json, canonical_json
from pactdesk.core.facts.fact import Fact, FactKey
from pactdesk.core.units.errors import PactError

SHORTEST_SALT = 16
_PREFIX = b"\x02"  # leaves begin with 0x00 and nodes with 0x01, so no hash can pass for another


class SaltTooShort(PactError):
    """A salt has `length` bytes; below `least` a text can be guessed from its commitment."""


class PersonalFieldMalformed(PactError):
    """A personal field lacks `field`, has it twice over, or it holds something else."""


class PersonalFieldUnknown(PactError):
    """No fact `event_id` of `source` was given that has the personal field `field`."""


class CommitmentMismatch(PactError):
    """The text of `field` is not the one that fact `event_id` of `source` committed to."""


@dataclass(frozen=True, slots=True)
class PersonalField:
    """The text behind one commitment; erasable."""

    source: str
    event_id: str
    field: str
    salt_hex: str
    value: str

    @property
    def key(self) -> FactKey:
        """The key of the fact it belongs to."""
        return (self.source, self.event_id)

    @property
    def commitment(self) -> str:
        """What the record of its fact must hold under `field`."""
        return commitment(bytes.fromhex(self.salt_hex), self.value)


def commitment(salt: bytes, value: str) -> str:
    """SHA-256(0x02 ‖ salt ‖ canonical JSON of the text), in hex.

    salt    at least 16 bytes, random, new for every field of every fact
    raises  SaltTooShort, NotNormalised

    >>> commitment(bytes(16), "张三")[:8]
    '82ae005c'
    """
    if len(salt) < SHORTEST_SALT:
        raise SaltTooShort(length=len(salt), least=SHORTEST_SALT)
    return sha256(_PREFIX + salt + canonical_json(value)).hexdigest()


def check_personal_field(personal: PersonalField, fact: Fact) -> None:
    """Raises unless `personal` is the text that `fact` committed to.

    raises  PersonalFieldUnknown, CommitmentMismatch, SaltTooShort
    """
    about: dict[str, object] = {
        "source": personal.source,
        "event_id": personal.event_id,
        "field": personal.field,
    }
    promised = fact.personal.get(personal.field) if personal.key == fact.key else None
    if promised is None:
        raise PersonalFieldUnknown(**about)
    if not compare_digest(promised, personal.commitment):
        raise CommitmentMismatch(**about)


def to_personal_record(personal: PersonalField) -> dict[str, Json]:
    """The object whose canonical bytes are one line of a `personal/` file."""
    return {
        "event_id": personal.event_id,
        "field": personal.field,
        "salt": personal.salt_hex,
        "source": personal.source,
        "value": personal.value,
    }


def from_personal_record(record: Json) -> PersonalField:
    """The inverse of `to_personal_record`; raises PersonalFieldMalformed."""
    names = {"event_id", "field", "salt", "source", "value"}
    texts = {name: text for name, text in _items(record) if isinstance(text, str)}
    for name in sorted(names ^ set(texts)):
        raise PersonalFieldMalformed(field=name)
    try:
        bytes.fromhex(texts["salt"])
    except ValueError:
        raise PersonalFieldMalformed(field="salt") from None
    return PersonalField(
        source=texts["source"],
        event_id=texts["event_id"],
        field=texts["field"],
        salt_hex=texts["salt"],
        value=texts["value"],
    )


def _items(record: Json) -> list[tuple[str, Json]]:
    return list(record.items()) if isinstance(record, dict) else []
