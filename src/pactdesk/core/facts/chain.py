"""Checking seals: the chain of checkpoints, the records under it, and an earlier checkpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from pactdesk.core.facts import merkle
from pactdesk.core.facts.canonical import Json
from pactdesk.core.facts.checkpoints import (
    Checkpoint,
    CheckpointMalformed,
    SignedCheckpoint,
    days_of,
)
from pactdesk.core.facts.kinds import Party
from pactdesk.core.units.errors import PactError

CONSISTENCY_FORMAT = "pactdesk.consistency/1"
_SEALING_PARTY = Party.PROVIDER


class LogOfAnotherContract(PactError):
    """The log is of contract `found`, not of `expected`."""


class ChainBroken(PactError):
    """In the checkpoint for `day`, `field` is `found`; after the one before it is `expected`."""


class DayChanged(PactError):
    """The facts of `day` are not those that were sealed (`sealed` then, `found` now)."""


class KeyNotTrusted(PactError):
    """The checkpoint for `day` is signed with `key_id`, which is not among the trusted keys."""


class KeyOfAnotherParty(PactError):
    """The checkpoint for `day` is signed with `key_id`, which belongs to `party`."""


class DemoFlagWrong(PactError):
    """Checkpoint of `day` and trusted keys differ on whether `key_id` is only for demonstration."""


class SignatureWrong(PactError):
    """The signature under the checkpoint for `day` was not made with `key_id`."""


class HistoryReplaced(PactError):
    """The checkpoint of `day` that was kept is not the one in this chain."""


class HistoryCut(PactError):
    """The chain ends after `found` days, but a checkpoint over `expected` days was kept."""


class ConsistencyRefused(PactError):
    """The proof does not show that the log up to `newer` only continues the one up to `older`."""


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key that a party received on a way of its own."""

    key_id: str
    public_hex: str
    party: Party
    demo: bool


class Trust(Protocol):
    """The keys one believes in, and the arithmetic of signatures, which core does not have."""

    def key(self, key_id: str) -> TrustedKey | None:
        """The trusted key with this id."""
        ...

    def verifies(self, key: TrustedKey, message: bytes, signature: bytes) -> bool:
        """Whether `signature` over `message` was made with `key`."""
        ...


def check_chain(contract_id: str, chain: Sequence[SignedCheckpoint], trust: Trust) -> None:
    """Raises unless every checkpoint follows from the one before and is signed by the provider.

    Says nothing about the facts themselves; for that, `check_day` with each day's records.

    raises  LogOfAnotherContract, ChainBroken, KeyNotTrusted, KeyOfAnotherParty, DemoFlagWrong,
            SignatureWrong
    """
    last: Checkpoint | None = None
    days: list[bytes] = []
    for signed in chain:
        check_link(contract_id, last, days, signed.body)
        check_signature(signed, trust)
        last = signed.body
        days.append(last.day_seal.leaf)


def check_link(
    contract_id: str, last: Checkpoint | None, days: Sequence[bytes], body: Checkpoint
) -> None:
    """Raises unless `body` is the checkpoint that follows `last`; signatures are not looked at.

    days  the leaves of the log of days up to `last`
    """
    check_contract(expected=contract_id, found=body.contract_id)
    expected: dict[str, object] = {
        "previous": last.digest if last else None,
        "day": last.day + timedelta(days=1) if last else body.day,
        "log_size": len(days) + 1,
        "log_root": merkle.root([*days, body.day_seal.leaf]).hex(),
    }
    for field, value in expected.items():
        found = getattr(body, field)
        if found != value:
            raise ChainBroken(
                day=body.day.isoformat(), field=field, expected=str(value), found=str(found)
            )


def check_contract(*, expected: str, found: str) -> None:
    """Raises LogOfAnotherContract unless both are the same contract."""
    if found != expected:
        raise LogOfAnotherContract(expected=expected, found=found)


def check_signature(signed: SignedCheckpoint, trust: Trust) -> None:
    """Raises unless a trusted key of the provider signed the checkpoint."""
    body = signed.body
    key = trust.key(body.key_id)
    about: dict[str, object] = {"day": body.day.isoformat(), "key_id": body.key_id}
    if key is None:
        raise KeyNotTrusted(**about)
    if key.party is not _SEALING_PARTY:
        raise KeyOfAnotherParty(**about, party=key.party.value)
    if key.demo != body.demo:
        raise DemoFlagWrong(**about)
    if not trust.verifies(key, body.message, bytes.fromhex(signed.signature_hex)):
        raise SignatureWrong(**about)


def check_day(body: Checkpoint, leaves: Sequence[bytes]) -> None:
    """Raises DayChanged unless `leaves` are the records that `body` sealed, in their order."""
    found = merkle.root(leaves).hex()
    if (body.day_size, body.day_root) != (len(leaves), found):
        raise DayChanged(day=body.day.isoformat(), sealed=body.day_root, found=found)


def check_since(chain: Sequence[SignedCheckpoint], kept: Checkpoint) -> None:
    """Raises unless `kept`, received earlier, is one of the checkpoints of `chain`.

    raises  LogOfAnotherContract, HistoryCut, HistoryReplaced
    """
    if chain:
        check_contract(expected=kept.contract_id, found=chain[0].body.contract_id)
    if not 1 <= kept.log_size <= len(chain):
        raise HistoryCut(found=len(chain), expected=kept.log_size)
    if chain[kept.log_size - 1].body != kept:
        raise HistoryReplaced(day=kept.day.isoformat())


@dataclass(frozen=True, slots=True)
class ConsistencyProof:
    """That a log of days only grew, for somebody who has two checkpoints and not the chain."""

    older_size: int
    newer_size: int
    proof: tuple[str, ...]


def prove_since(chain: Sequence[SignedCheckpoint], older_size: int) -> ConsistencyProof:
    """The proof from the checkpoint over `older_size` days to the last of `chain`.

    raises  HistoryCut when the chain is not that long
    """
    if not 1 <= older_size <= len(chain):
        raise HistoryCut(found=len(chain), expected=older_size)
    proof = merkle.consistency_proof(days_of(chain), older_size)
    return ConsistencyProof(older_size, len(chain), tuple(step.hex() for step in proof))


def check_consistency(older: Checkpoint, newer: Checkpoint, proof: ConsistencyProof) -> None:
    """Raises unless `proof` shows that `newer` continues `older`; signatures are not looked at.

    raises  LogOfAnotherContract, ConsistencyRefused
    """
    check_contract(expected=older.contract_id, found=newer.contract_id)
    fits = (proof.older_size, proof.newer_size) == (older.log_size, newer.log_size)
    if not fits or not merkle.verify_consistency(
        older_size=older.log_size,
        newer_size=newer.log_size,
        older_root=bytes.fromhex(older.log_root),
        newer_root=bytes.fromhex(newer.log_root),
        proof=[bytes.fromhex(step) for step in proof.proof],
    ):
        raise ConsistencyRefused(older=older.day.isoformat(), newer=newer.day.isoformat())


def to_consistency_record(proof: ConsistencyProof) -> dict[str, Json]:
    """The object that is handed over, as canonical JSON."""
    return {
        "format": CONSISTENCY_FORMAT,
        "newer_size": proof.newer_size,
        "older_size": proof.older_size,
        "proof": list(proof.proof),
    }


def from_consistency_record(record: Json) -> ConsistencyProof:
    """The inverse of `to_consistency_record`; raises CheckpointMalformed."""
    match record:
        case {
            "format": str(kind),
            "newer_size": int(newer),
            "older_size": int(older),
            "proof": list(steps),
            **rest,
        } if kind == CONSISTENCY_FORMAT and not rest:
            return ConsistencyProof(older, newer, tuple(map(_hash_text, steps)))
    raise CheckpointMalformed(field="format", value=str(record)[:80])


def _hash_text(value: Json) -> str:
    text = str(value)
    if len(text) != 2 * merkle.HASH_SIZE or not set(text) <= set("0123456789abcdef"):
        raise CheckpointMalformed(field="proof", value=text[:80])
    return text
