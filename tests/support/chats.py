"""Conversations of the cast, told minute by minute, with their facts in the real log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from pactdesk.core.facts.kinds import CaseType, Channel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.vault.vault_keys import VaultKeys
from tests.support.cast import TERMS, Cast

if TYPE_CHECKING:  # models can be made only after Django is set up, which is after this is read
    from pactdesk.apps.conversations.actions import Means

# Tests that read bodies in another process hand it these keys.
VAULT = VaultKeys.generate()


class Chats:
    """Lets customers and agents of the cast talk."""

    def __init__(
        self, cast: Cast, terms: Mapping[str, Callable[[], Contract]] | None = None
    ) -> None:
        self.cast = cast
        self._terms = terms or TERMS
        self._keys = 0

    def means(self, merchant: str) -> Means:
        """The means of 青禾's or 白塔's contract."""
        from pactdesk.apps.conversations.actions import Means
        from pactdesk.apps.conversations.recording import into_log

        contract = {"qinghe": self.cast.contract_qinghe, "baita": self.cast.contract_baita}
        code = self._terms[merchant]().contract_id
        return Means(contract[merchant], code, VAULT, into_log(contract[merchant], code))

    def opened(
        self,
        merchant: str,
        at: int,
        words: str | None = "你好，我的订单到哪里了？",
        *,
        customer: str = "顾客 7f3a",
        case_type: CaseType | None = CaseType.CONSULT,
    ) -> UUID:
        """A customer came and, unless told otherwise, asked at once."""
        from pactdesk.apps.conversations.actions import open_conversation
        from pactdesk.apps.conversations.hands import CUSTOMER

        made = open_conversation(
            CUSTOMER,
            channel=Channel.CHAT,
            case_type=case_type,
            customer=customer,
            at=Instant(at),
            means=self.means(merchant),
        )
        if words:
            self.asks(merchant, made, at, words)
        return made

    def asks(self, merchant: str, conversation: UUID, at: int, words: str) -> None:
        """The customer writes."""
        from pactdesk.apps.conversations.actions import post_message
        from pactdesk.apps.conversations.hands import CUSTOMER

        self._keys += 1
        means = self.means(merchant)
        key = f"chats-{self._keys}"
        post_message(conversation, CUSTOMER, words, key=key, at=Instant(at), means=means)

    def answers(
        self, merchant: str, conversation: UUID, at: int, words: str, person: str = "agent"
    ) -> None:
        """Somebody of the cast answers."""
        from pactdesk.apps.conversations.actions import post_message
        from pactdesk.apps.conversations.hands import agent

        self._keys += 1
        means = self.means(merchant)
        hand = agent(self.cast[person])
        key = f"chats-{self._keys}"
        post_message(conversation, hand, words, key=key, at=Instant(at), means=means)
