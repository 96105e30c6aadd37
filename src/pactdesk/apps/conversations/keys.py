"""The contract's content keys: read, made, and wrapped anew."""

from __future__ import annotations

from uuid import UUID

from pactdesk.apps.audit.actions import record
from pactdesk.apps.conversations.models import ContentKey
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope, within
from pactdesk.gateways.vault.data_keys import (
    ContractKeys,
    Purpose,
    WrappedKey,
    new_data_key,
    open_keys,
    rewrapped,
    vault_key_of,
)
from pactdesk.gateways.vault.vault_keys import VaultKeys


def content_keys(contract: UUID, vault: VaultKeys) -> ContractKeys:
    """The keys of a contract in the scope; none if it has none.

    raises  VaultKeyMissing, DataKeyRefused
    """
    return open_keys(contract, Purpose.CONTENT, _wrapped(contract), vault)


def ensure_content_key(contract: UUID, vault: VaultKeys) -> None:
    """Make the contract's first key. Two at once make two, and both are good."""
    if not ContentKey.objects.filter(contract_id=contract, purpose=Purpose.CONTENT).exists():
        _keep(new_data_key(new_id(), contract, Purpose.CONTENT, vault))


def rotate_content_key(scope: Scope, contract: UUID, vault: VaultKeys) -> None:
    """From now on lock with a new key; what the old ones locked stays readable."""
    with within(scope):
        made = new_data_key(new_id(), contract, Purpose.CONTENT, vault)
        _keep(made)
        record(scope, "conversations.rotate_key", subject=made.key_id, contract=contract)


def rewrap_keys(scope: Scope, contract: UUID, vault: VaultKeys) -> int:
    """Wrap the contract's keys with the vault's current one; how many were not. A job's work.

    raises  VaultKeyMissing, DataKeyRefused
    """
    with within(scope):
        stale = [one for one in _wrapped(contract) if vault_key_of(one) != vault.current]
        for one in stale:
            again = rewrapped(one, vault)
            ContentKey.objects.filter(id=one.key_id).update(wrapped=again.wrapped)
        record(scope, "conversations.rewrap_keys", contract=contract, details={"keys": len(stale)})
        return len(stale)


def _wrapped(contract: UUID) -> list[WrappedKey]:
    rows = ContentKey.objects.filter(contract_id=contract)
    return [
        WrappedKey(row.id, row.contract_id, Purpose(row.purpose), bytes(row.wrapped))
        for row in rows
    ]


def _keep(key: WrappedKey) -> None:
    ContentKey.objects.create(
        id=key.key_id, contract_id=key.contract, purpose=key.purpose, wrapped=key.wrapped
    )
