"""Data keys: those of one contract, which lock its texts and files.

In the database they lie only wrapped. Each wrapped key is bound to its contract, id and purpose,
each ciphertext to its contract, row and column: neither can be put anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from pactdesk.gateways.vault import box
from pactdesk.gateways.vault.errors import (
    CiphertextMalformed,
    CiphertextRefused,
    ContractWithoutDataKey,
    DataKeyMissing,
    DataKeyRefused,
)
from pactdesk.gateways.vault.vault_keys import KEY_ID_SIZE, VaultKeys

_WRAPPED = b"pactdesk data key\n"
_CONTENT = b"pactdesk content\n"
_UUID_SIZE = 16


class Purpose(StrEnum):
    """What a data key is for; one never serves as the other."""

    CONTENT = "content"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A data key as the database holds it."""

    key_id: UUID
    contract: UUID
    purpose: Purpose
    wrapped: bytes

    @property
    def place(self) -> bytes:
        """What the wrapping is bound to."""
        return _WRAPPED + self.contract.bytes + self.key_id.bytes + self.purpose.encode()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ciphertext stands."""

    row: UUID
    column: str


@dataclass(frozen=True, slots=True)
class ContractKeys:
    """The open data keys of one contract and purpose; the latest locks. Never printed."""

    contract: UUID
    keys: Mapping[UUID, bytes] = field(repr=False)

    @property
    def current(self) -> UUID:
        """The id of the key that locks: ids sort by the time they were made.

        raises  ContractWithoutDataKey
        """
        if not self.keys:
            raise ContractWithoutDataKey(contract=self.contract)
        return max(self.keys)

    @property
    def current_key(self) -> bytes:
        """The key that locks, or, for searching, that makes tokens; ContractWithoutDataKey."""
        return self.keys[self.current]

    def encrypt(self, content: bytes, place: Place) -> bytes:
        """The ciphertext of `content`, which opens only at `place` of this contract.

        raises  ContractWithoutDataKey
        """
        key_id = self.current
        return box.lock(
            content, key=self.keys[key_id], key_id=key_id.bytes, place=self._bound_to(place)
        )

    def decrypt(self, ciphertext: bytes, place: Place) -> bytes:
        """What was encrypted for `place`.

        raises  CiphertextMalformed, DataKeyMissing, CiphertextRefused
        """
        try:
            key_id = box.key_id_in(ciphertext, _UUID_SIZE)
        except box.BoxMalformed:
            raise CiphertextMalformed(length=len(ciphertext)) from None
        key = self.keys.get(UUID(bytes=key_id))
        if key is None:
            raise DataKeyMissing(contract=self.contract, key_id=UUID(bytes=key_id))
        try:
            return box.unlock(ciphertext, key=key, key_id=key_id, place=self._bound_to(place))
        except box.BoxRefused:
            raise CiphertextRefused(row=place.row, column=place.column) from None

    def _bound_to(self, place: Place) -> bytes:
        return _CONTENT + self.contract.bytes + place.row.bytes + place.column.encode()


def new_data_key(key_id: UUID, contract: UUID, purpose: Purpose, keys: VaultKeys) -> WrappedKey:
    """A new random data key. To rotate, make another: texts locked before stay readable.

    key_id  later than those of the contract's other keys (a UUIDv7)
    """
    return _wrap(box.new_key(), WrappedKey(key_id, contract, purpose, b""), keys)


def rewrapped(wrapped: WrappedKey, keys: VaultKeys) -> WrappedKey:
    """The same data key under the current key-encryption key; no text is touched.

    raises  VaultKeyMissing, DataKeyRefused
    """
    return _wrap(_unwrap(wrapped, keys), wrapped, keys)


def vault_key_of(wrapped: WrappedKey) -> str:
    """The id of the key-encryption key that is needed to open it; raises DataKeyRefused."""
    try:
        return box.key_id_in(wrapped.wrapped, KEY_ID_SIZE).hex()
    except box.BoxMalformed:
        raise DataKeyRefused(contract=wrapped.contract, key_id=wrapped.key_id) from None


def open_keys(
    contract: UUID, purpose: Purpose, wrapped: Iterable[WrappedKey], keys: VaultKeys
) -> ContractKeys:
    """The keys of `contract` for `purpose` among `wrapped`.

    raises  VaultKeyMissing, DataKeyRefused
    """
    ours = [one for one in wrapped if (one.contract, one.purpose) == (contract, purpose)]
    return ContractKeys(contract, {one.key_id: _unwrap(one, keys) for one in ours})


def _wrap(data_key: bytes, wrapped: WrappedKey, keys: VaultKeys) -> WrappedKey:
    locked = box.lock(
        data_key,
        key=keys.key(keys.current),
        key_id=bytes.fromhex(keys.current),
        place=wrapped.place,
    )
    return WrappedKey(wrapped.key_id, wrapped.contract, wrapped.purpose, locked)


def _unwrap(wrapped: WrappedKey, keys: VaultKeys) -> bytes:
    vault_key = vault_key_of(wrapped)
    key, key_id = keys.key(vault_key), bytes.fromhex(vault_key)
    try:
        return box.unlock(wrapped.wrapped, key=key, key_id=key_id, place=wrapped.place)
    except box.BoxRefused:
        raise DataKeyRefused(contract=wrapped.contract, key_id=wrapped.key_id) from None
