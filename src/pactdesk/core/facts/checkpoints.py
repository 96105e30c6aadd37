"""Seals: what stood in the log at the end of each recorded day, signed and chained.

Three nested promises. The *day tree* has the canonical records of one recorded day as leaves.
The *log of days* has one `DaySeal` per day as leaf, from the first recorded day on, days without
facts included. A *checkpoint* names both roots and the checkpoint before, and is signed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Protocol

from pactdesk.core.facts import merkle
from pactdesk.core.facts.canonical import LARGEST_INTEGER, Json, canonical_json
from pactdesk.core.units.errors import PactError

DAY_FORMAT = "pactdesk.day/1"
CHECKPOINT_FORMAT = "pactdesk.checkpoint/1"
SIGNATURE_DOMAIN = b"pactdesk.checkpoint/1\n"

_HASH = re.compile(r"[0-9a-f]{64}")
_KEY_ID = re.compile(r"[0-9a-f]{16}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")


class CheckpointMalformed(PactError):
    """`field` of a checkpoint is missing, unknown or holds what it must not (`value`)."""


class Signer(Protocol):
    """Who signs; the key stays where it is."""

    @property
    def key_id(self) -> str:
        """The first 16 hex digits of SHA-256 of the public key."""
        ...

    @property
    def demo(self) -> bool:
        """Whether the key is for demonstrations, so that its signatures prove nothing."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature, 64 bytes."""
        ...


@dataclass(frozen=True, slots=True)
class DaySeal:
    """One recorded day: how many facts, and the root over them."""

    contract_id: str
    day: date
    size: int
    root: str

    @property
    def leaf(self) -> bytes:
        """Its canonical bytes: a leaf in the log of days."""
        return canonical_json(
            {
                "contract_id": self.contract_id,
                "day": self.day.isoformat(),
                "format": DAY_FORMAT,
                "root": self.root,
                "size": self.size,
            }
        )


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is signed at the end of a day.

    previous  SHA-256 of the canonical body of the checkpoint before; None for the first
    demo      true when signed with a demonstration key
    """

    contract_id: str
    day: date
    day_size: int
    day_root: str
    log_size: int
    log_root: str
    previous: str | None
    key_id: str
    demo: bool

    @property
    def body(self) -> bytes:
        """The canonical bytes, without the signature."""
        return canonical_json(_body_record(self))

    @property
    def digest(self) -> str:
        """What the next checkpoint calls `previous`."""
        return sha256(self.body).hexdigest()

    @property
    def message(self) -> bytes:
        """What is signed; the prefix keeps the signature from meaning anything else."""
        return SIGNATURE_DOMAIN + self.body

    @property
    def day_seal(self) -> DaySeal:
        """Its leaf in the log of days."""
        return DaySeal(self.contract_id, self.day, self.day_size, self.day_root)


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint and the signature (128 hex digits) over its `message`."""

    body: Checkpoint
    signature_hex: str


def seal_day(
    *,
    contract_id: str,
    day: date,
    leaves: Sequence[bytes],
    chain: Sequence[SignedCheckpoint],
    signer: Signer,
) -> SignedCheckpoint:
    """The checkpoint for `day`.

    leaves  the canonical records of the day, in the order of the log
    chain   every checkpoint before, from the first on; empty for the first day
    """
    root = merkle.root(leaves).hex()
    sealed = DaySeal(contract_id, day, len(leaves), root)
    days = [*days_of(chain), sealed.leaf]
    checkpoint = Checkpoint(
        contract_id=contract_id,
        day=day,
        day_size=len(leaves),
        day_root=root,
        log_size=len(days),
        log_root=merkle.root(days).hex(),
        previous=chain[-1].body.digest if chain else None,
        key_id=signer.key_id,
        demo=signer.demo,
    )
    return SignedCheckpoint(checkpoint, signer.sign(checkpoint.message).hex())


def days_of(chain: Sequence[SignedCheckpoint]) -> list[bytes]:
    """The leaves of the log of days, read off the checkpoints."""
    return [signed.body.day_seal.leaf for signed in chain]


def to_checkpoint_record(signed: SignedCheckpoint) -> dict[str, Json]:
    """The object whose canonical bytes are one line of `checkpoints.jsonl`."""
    return {"body": _body_record(signed.body), "signature": signed.signature_hex}


def from_checkpoint_record(record: Json) -> SignedCheckpoint:
    """The inverse of `to_checkpoint_record`; says nothing about the signature.

    raises  CheckpointMalformed
    """
    outer = _fields(record, {"body", "signature"})
    body = _fields(outer["body"], _BODY_FIELDS)
    _expect("format", body["format"] == CHECKPOINT_FORMAT, body)
    for name in ("day_root", "log_root"):
        _expect(name, _is_text(body[name], _HASH), body)
    for name, least in (("day_size", 0), ("log_size", 1)):
        _expect(name, _is_count(body[name], least), body)
    _expect("previous", body["previous"] is None or _is_text(body["previous"], _HASH), body)
    _expect("key_id", _is_text(body["key_id"], _KEY_ID), body)
    _expect("demo", isinstance(body["demo"], bool), body)
    _expect("contract_id", isinstance(body["contract_id"], str) and bool(body["contract_id"]), body)
    _expect("signature", _is_text(outer["signature"], _SIGNATURE), outer)
    checkpoint = Checkpoint(
        contract_id=str(body["contract_id"]),
        day=_day(body),
        day_size=int(str(body["day_size"])),
        day_root=str(body["day_root"]),
        log_size=int(str(body["log_size"])),
        log_root=str(body["log_root"]),
        previous=None if body["previous"] is None else str(body["previous"]),
        key_id=str(body["key_id"]),
        demo=body["demo"] is True,
    )
    return SignedCheckpoint(checkpoint, str(outer["signature"]))


def _body_record(checkpoint: Checkpoint) -> dict[str, Json]:
    return {
        "contract_id": checkpoint.contract_id,
        "day": checkpoint.day.isoformat(),
        "day_root": checkpoint.day_root,
        "day_size": checkpoint.day_size,
        "demo": checkpoint.demo,
        "format": CHECKPOINT_FORMAT,
        "key_id": checkpoint.key_id,
        "log_root": checkpoint.log_root,
        "log_size": checkpoint.log_size,
        "previous": checkpoint.previous,
    }


_BODY_FIELDS = {
    "contract_id", "day", "day_root", "day_size", "demo",
    "format", "key_id", "log_root", "log_size", "previous",
}  # fmt: skip


def _fields(record: Json, names: set[str]) -> dict[str, Json]:
    if not isinstance(record, dict):
        raise CheckpointMalformed(field="{}", value=str(record)[:80])
    for name in sorted(names ^ set(record)):
        raise CheckpointMalformed(field=name, value=str(record.get(name))[:80])
    return record


def _expect(field: str, is_so: bool, record: dict[str, Json]) -> None:
    if not is_so:
        raise CheckpointMalformed(field=field, value=str(record[field])[:80])


def _is_text(value: Json, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_count(value: Json, least: int) -> bool:
    return (
        isinstance(value, int) and not isinstance(value, bool) and least <= value <= LARGEST_INTEGER
    )


def _day(body: dict[str, Json]) -> date:
    text = str(body["day"])
    _expect("day", re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is not None, body)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CheckpointMalformed(field="day", value=text) from None
