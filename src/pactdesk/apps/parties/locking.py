"""Secrets of people, locked under the vault's own keys: they belong to no contract."""

from __future__ import annotations

from uuid import UUID

from pactdesk.apps.parties.errors import SecretRefused
from pactdesk.gateways.vault import box
from pactdesk.gateways.vault.vault_keys import KEY_ID_SIZE, VaultKeys

_PLACE = b"pactdesk second factor\n"


def lock_secret(secret: str, person: UUID, vault: VaultKeys) -> bytes:
    """The ciphertext, which opens only for this person."""
    return box.lock(
        secret.encode(),
        key=vault.key(vault.current),
        key_id=bytes.fromhex(vault.current),
        place=_PLACE + person.bytes,
    )


def unlock_secret(locked: bytes, person: UUID, vault: VaultKeys) -> str:
    """What was locked for this person.

    raises  SecretRefused, VaultKeyMissing
    """
    try:
        key_id = box.key_id_in(locked, KEY_ID_SIZE)
        key = vault.key(key_id.hex())
        return box.unlock(locked, key=key, key_id=key_id, place=_PLACE + person.bytes).decode()
    except (box.BoxMalformed, box.BoxRefused):
        raise SecretRefused(person=person) from None
