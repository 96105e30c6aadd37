"""A conversation as somebody reads it: masked by their role, and noted in the audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pactdesk.apps.conversations.keys import content_keys
from pactdesk.apps.conversations.models import Conversation, Picture
from pactdesk.apps.conversations.pictures import pictures_of
from pactdesk.apps.conversations.queries import messages_after
from pactdesk.apps.conversations.values import text_of
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.units.instants import Instant
from pactdesk.web.portal.said import say, second_text
from pactdesk.web.portal.vaults import vault
from pactdesk.web.privacy import mask, note_shown

_EXCERPT = 16


@dataclass(frozen=True, slots=True)
class Written:
    """One message as this reader may see it."""

    sequence: int
    kind: str
    author: str
    at: str
    body: str
    picture: Picture | None

    @property
    def label(self) -> str:
        """How a list of messages names it."""
        start = " ".join(self.body.split())
        cut = f"{start[:_EXCERPT]}…" if len(start) > _EXCERPT else start
        return f"#{self.sequence} {self.author}：{cut}"


def written(
    scope: Scope, conversation: Conversation, zone: ZoneInfo, at: datetime
) -> list[Written]:
    """What was written; that somebody read it at `at` stands in the audit."""
    contract = conversation.contract_id
    note_shown(scope, contract=contract, conversation=conversation.pk, at=at)
    rows = list(messages_after(scope, conversation.pk))
    if not rows:
        return []
    keys = content_keys(contract, vault())
    pictures = pictures_of(scope, [row.id for row in rows])
    return [
        Written(
            sequence=row.sequence,
            kind=row.author_kind,
            author=say(f"interaction.author.{row.author_kind}"),
            at=second_text(Instant(row.occurred_at_ms), zone),
            body=mask(scope, contract, text_of(row, keys)),
            picture=pictures.get(row.id),
        )
        for row in rows
    ]
