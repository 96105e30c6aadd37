"""One interaction: its facts with clocks, and the conversation itself."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from pactdesk.apps.conversations.keys import content_keys
from pactdesk.apps.conversations.models import Conversation
from pactdesk.apps.conversations.pictures import pictures_of
from pactdesk.apps.conversations.queries import (
    READING,
    conversations_visible_to,
    messages_after,
)
from pactdesk.apps.conversations.values import text_of
from pactdesk.apps.evidence.queries import facts_about
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant, zone_named
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.access import contract_read_by, for_readers
from pactdesk.web.portal.happened import MessageShown, timeline
from pactdesk.web.portal.judgements import judgements_of
from pactdesk.web.portal.said import say, second_text
from pactdesk.web.portal.tabs import trail
from pactdesk.web.portal.vaults import vault
from pactdesk.web.privacy import mask, note_shown


class InteractionUnknown(PactError):
    """The contract has no interaction `code`."""


@for_readers
def interaction(request: PersonRequest, contract: UUID, code: str) -> HttpResponse:
    """What happened and when, and what was written where the visitor may read it."""
    scope = request.scope
    found = contract_read_by(scope, contract)
    zone = zone_named(found.zone)
    facts = facts_about(contract, zone, code)
    conversation = conversations_visible_to(scope).filter(contract_id=contract, code=code).first()
    if not facts and conversation is None:
        raise InteractionUnknown(code=code)
    messages: list[MessageShown] = []
    if conversation is not None:
        messages = _messages(scope, conversation, zone)
        note_shown(scope, contract=contract, conversation=conversation.pk, at=timezone.now())
    levels = (say("levels.title"), reverse("portal:levels", args=[contract]))
    shown = {
        "contract": found,
        "code": code,
        "events": timeline(facts, zone),
        "judgements": judgements_of(scope, found, code, facts),
        "messages": messages,
        "may_read": bool(scope.roles(contract) & READING),
        "trail": (*trail(), (found.title, reverse("portal:contract", args=[contract])), levels),
    }
    return render(request, "portal/interaction.html", shown)


def _messages(scope: Scope, conversation: Conversation, zone: ZoneInfo) -> list[MessageShown]:
    rows = list(messages_after(scope, conversation.pk))
    if not rows:
        return []
    keys = content_keys(conversation.contract_id, vault())
    pictures = pictures_of(scope, [row.id for row in rows])
    return [
        MessageShown(
            author=say(f"interaction.author.{row.author_kind}"),
            kind=row.author_kind,
            at=second_text(Instant(row.occurred_at_ms), zone),
            body=mask(scope, conversation.contract_id, text_of(row, keys)),
            picture=pictures.get(row.id),
        )
        for row in rows
    ]
