"""The conversation beside a form: what was written, numbered so that it can be quoted."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from pactdesk.apps.conversations.queries import READING, conversation_of
from pactdesk.apps.quality.models import Pick
from pactdesk.apps.walls.scope import Scope
from pactdesk.web.portal.talk import Written, written


def may_read(scope: Scope, pick: Pick) -> bool:
    """Whether the person's role has to do with conversations."""
    return bool(scope.roles(pick.contract_id) & READING)


def talk_of(scope: Scope, pick: Pick, zone: ZoneInfo, at: datetime) -> list[Written]:
    """What was written; that somebody read it stands in the audit.

    raises  ConversationUnknown
    """
    return written(scope, conversation_of(scope, pick.conversation_id), zone, at)
