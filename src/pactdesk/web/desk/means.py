"""What the desk's actions and readings need from outside: keys, and where facts go."""

from __future__ import annotations

import os
from uuid import UUID

from pactdesk.apps.contracts.queries import contract_of
from pactdesk.apps.conversations.actions import Means
from pactdesk.apps.conversations.recording import into_log
from pactdesk.apps.walls.scope import Scope
from pactdesk.gateways.vault.vault_keys import VaultKeys


def vault() -> VaultKeys:
    """The installation's keys; raises VaultKeysNotGiven and its kin."""
    return VaultKeys.from_environment(os.environ)


def means_of(scope: Scope, contract: UUID) -> Means:
    """The means of a contract; its facts go into its log, in the action's transaction.

    raises  ContractUnknown
    """
    code = contract_of(scope, contract).code
    return Means(contract, code, vault(), into_log(contract, code))
