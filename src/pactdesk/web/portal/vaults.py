"""The keys that open the texts of conversations."""

from __future__ import annotations

import os

from pactdesk.gateways.vault.vault_keys import VaultKeys


def vault() -> VaultKeys:
    """The installation's keys; raises VaultKeysNotGiven and its kin."""
    return VaultKeys.from_environment(os.environ)
