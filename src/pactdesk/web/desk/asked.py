"""What was asked of the merchant because of a conversation, and whether it was answered."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from pactdesk.apps.conversations.models import Conversation
from pactdesk.apps.requests.kinds import State
from pactdesk.apps.requests.queries import about_conversation
from pactdesk.apps.walls.scope import Scope
from pactdesk.messages.catalogue import text
from pactdesk.web.ui.words import page_language


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its code, its page, how it stands."""

    code: str
    url: str
    stands: str
    tone: str


def asked_about(scope: Scope, conversation: Conversation) -> tuple[Asked, ...]:
    """Those of one conversation, the newest first."""
    return tuple(
        Asked(
            code=each.code,
            url=reverse("requests:request", args=[each.contract_id, each.code]),
            stands=text("requests", f"desk.{each.state}", page_language()),
            tone=_TONES.get(State(each.state), ""),
        )
        for each in about_conversation(scope, conversation.id)
    )


_TONES = {State.OPEN: "info", State.ANSWERED: "good"}
