"""What the actions of conversations need, with a log that only listens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from pactdesk.core.facts.fact import Fact
from pactdesk.gateways.vault.vault_keys import VaultKeys

if TYPE_CHECKING:  # models can be made only after Django is set up, which is after this is read
    from pactdesk.apps.conversations.actions import Means

VAULT = VaultKeys.generate()
CODE = "c-1"


@dataclass
class Heard:
    """The facts that the actions wrote."""

    facts: list[Fact] = field(default_factory=list)

    def means(self, contract: UUID) -> Means:
        """The means of a contract whose facts are heard here."""
        from pactdesk.apps.conversations.actions import Means

        return Means(contract, CODE, VAULT, self.hear)

    def hear(self, facts: Sequence[Fact]) -> None:
        """Remember facts."""
        self.facts += facts
