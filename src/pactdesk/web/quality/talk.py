"""The conversation beside a form: what was written, numbered so that it can be quoted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pactdesk.apps.conversations.keys import content_keys
from pactdesk.apps.conversations.models import Conversation, Picture
from pactdesk.apps.conversations.pictures import pictures_of
from pactdesk.apps.conversations.queries import READING, conversation_of, messages_after
from pactdesk.apps.conversations.values import text_of
from pactdesk.apps.quality.models import Pick
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.units.instants import Instant
from pactdesk.web.portal.said import second_text
from pactdesk.web.portal.vaults import vault
from pactdesk.web.privacy import mask, note_shown
from pactdesk.web.quality.said import say

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


def may_read(scope: Scope, pick: Pick) -> bool:
    """Whether the person's role has to do with conversations."""
    return bool(scope.roles(pick.contract_id) & READING)


def talk_of(scope: Scope, pick: Pick, zone: ZoneInfo, at: datetime) -> list[Written]:
    """What was written; that somebody read it stands in the audit.

    raises  ConversationUnknown
    """
    conversation = conversation_of(scope, pick.conversation_id)
    note_shown(scope, contract=pick.contract_id, conversation=conversation.pk, at=at)
    return _written(scope, conversation, zone)


def _written(scope: Scope, conversation: Conversation, zone: ZoneInfo) -> list[Written]:
    rows = list(messages_after(scope, conversation.pk))
    if not rows:
        return []
    keys = content_keys(conversation.contract_id, vault())
    pictures = pictures_of(scope, [row.id for row in rows])
    return [
        Written(
            sequence=row.sequence,
            kind=row.author_kind,
            author=say(f"author.{row.author_kind}"),
            at=second_text(Instant(row.occurred_at_ms), zone),
            body=mask(scope, conversation.contract_id, text_of(row, keys)),
            picture=pictures.get(row.id),
        )
        for row in rows
    ]
