"""One interaction: its facts with clocks, and the conversation itself."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from pactdesk.apps.conversations.queries import (
    READING,
    conversations_visible_to,
)
from pactdesk.apps.evidence.queries import facts_about
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import zone_named
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.access import contract_read_by, for_readers
from pactdesk.web.portal.happened import timeline
from pactdesk.web.portal.judgements import judgements_of
from pactdesk.web.portal.said import say
from pactdesk.web.portal.tabs import trail
from pactdesk.web.portal.talk import written


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
    messages = written(scope, conversation, zone, timezone.now()) if conversation else []
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
