"""The inbox, and one conversation beside it."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from pactdesk.apps.conversations.posting import LONGEST_MESSAGE
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.workforce.kinds import Deed
from pactdesk.apps.workforce.queries import is_off_duty
from pactdesk.core.units.instants import local_time
from pactdesk.web.access import PersonRequest, for_roles
from pactdesk.web.desk.conversation import page_of, served_conversation
from pactdesk.web.desk.inbox import SERVING, Wish, inbox_of
from pactdesk.web.desk.now import now
from pactdesk.web.live.tickets import AGENT_MINUTES, agent_ticket
from pactdesk.web.privacy import note_inbox, note_shown
from pactdesk.web.workforce.platform import note_device


@for_roles(*SERVING)
def inbox(request: PersonRequest) -> HttpResponse:
    """All conversations that the person can answer, the most urgent first."""
    at = now()
    note_inbox(request.scope, local_time(at, ZoneInfo("UTC")))
    shown = inbox_of(request.scope, Wish.of(request.GET.dict()), at)
    facts = {
        "inbox": shown,
        "live": settings.LIVE_URL,
        "off_duty": is_off_duty(request.scope, at),
    }
    return render(request, "desk/inbox.html", facts)


@for_roles(*SERVING)
def conversation(request: PersonRequest, conversation: UUID) -> HttpResponse:
    """One conversation; that somebody read it stands in the audit."""
    at = now()
    found = served_conversation(request.scope, conversation)
    seen = local_time(at, ZoneInfo("UTC"))
    note_shown(request.scope, contract=found.contract_id, conversation=found.id, at=seen)
    note_inbox(request.scope, seen)
    facts = {
        "page": page_of(request.scope, found, at),
        "inbox": inbox_of(request.scope, Wish.of(request.GET.dict()), at, here=found.id),
        "key": new_id(),
        "longest": LONGEST_MESSAGE,
        "live": settings.LIVE_URL,
        "off_duty": is_off_duty(request.scope, at),
    }
    return render(request, "desk/conversation.html", facts)


@for_roles(*SERVING)
def ticket(request: PersonRequest) -> HttpResponse:
    """What the page shows at the live door, for ten minutes."""
    assert request.scope.person is not None  # noqa: S101 - somebody is logged in
    note_device(request, Deed.DESK)
    expires_ms = now() + AGENT_MINUTES * 60_000
    told = {
        "ticket": agent_ticket(request.scope.person),
        "live_url": settings.LIVE_URL,
        "expires_ms": expires_ms,
    }
    return JsonResponse(told, headers={"Cache-Control": "no-store"})
