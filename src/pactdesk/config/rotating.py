"""A new current key for the vault, and the end of the old ones; the desk runs meanwhile.

Pages and door read the file again when it changes. Of what is locked only the wrapping of keys
and the secrets of second factors depend on the vault's keys; no message is touched.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pactdesk.apps.contracts.queries import every_contract
from pactdesk.apps.conversations.keys import rewrap_keys
from pactdesk.apps.parties.second_factor import relock_second_factors
from pactdesk.apps.walls.scope import Scope
from pactdesk.config.errors import NothingToDrop, VaultElsewhere, VaultJustRotated
from pactdesk.gateways.vault.vault_keys import FILE_IN_ENVIRONMENT, IN_ENVIRONMENT, VaultKeys

SETTLED_S = 120
"""Longer than any request that still holds the keys as they were before."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """What was done.

    current  id of the key that wraps from now on
    old      ids of those that may go, or have gone
    keys     data keys that were wrapped anew
    secrets  second factors that were locked anew
    """

    current: str
    old: tuple[str, ...]
    keys: int
    secrets: int


def vault_file(environ: Mapping[str, str]) -> Path:
    """Where the keys are; raises VaultElsewhere when that is no file."""
    file = environ.get(FILE_IN_ENVIRONMENT)
    if environ.get(IN_ENVIRONMENT) or not file:
        raise VaultElsewhere(name=IN_ENVIRONMENT, file=FILE_IN_ENVIRONMENT)
    return Path(file)


def rotate_vault(file: Path) -> Rotated:
    """A new key first in the file, so that nothing is ever wrapped with one that could be lost;
    then everything is wrapped with it. Broken off, `drop_old_keys` does the rest.

    raises  what the vault's file and keys raise
    """
    newer = VaultKeys.from_file(file).rotated()
    newer.replace_file(file)
    keys, secrets = _rewrapped(newer)
    return Rotated(newer.current, _old(newer), keys, secrets)


def drop_old_keys(file: Path, *, now: float | None = None) -> Rotated:
    """Whatever still needs an old key is wrapped anew; then the old keys leave the file.

    raises  NothingToDrop, VaultJustRotated, and what the vault's file and keys raise
    """
    vault = VaultKeys.from_file(file)
    old = _old(vault)
    if not old:
        raise NothingToDrop(file=str(file))
    age = (time.time() if now is None else now) - file.stat().st_mtime
    if age < SETTLED_S:
        raise VaultJustRotated(seconds=SETTLED_S)
    keys, secrets = _rewrapped(vault)
    alone = VaultKeys(vault.current, {vault.current: vault.key(vault.current)})
    # Once more with nothing but what stays: it fails here, or nothing needs the others.
    _rewrapped(alone)
    alone.replace_file(file)
    return Rotated(vault.current, old, keys, secrets)


def _rewrapped(vault: VaultKeys) -> tuple[int, int]:
    keys = sum(
        rewrap_keys(Scope(contracts={one.pk: frozenset()}), one.pk, vault)
        for one in every_contract()
    )
    return keys, relock_second_factors(vault)


def _old(vault: VaultKeys) -> tuple[str, ...]:
    return tuple(sorted(vault.keys.keys() - {vault.current}))
