"""Where somebody is logged in, and ending that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from pactdesk.apps.parties.models import Session
from pactdesk.apps.parties.queries import sessions_of
from pactdesk.apps.parties.revoking import revoke_other_sessions, revoke_session
from pactdesk.apps.parties.sessions import key_hash
from pactdesk.web.access import PersonRequest, for_people
from pactdesk.web.account.visitors import browser_text
from pactdesk.web.moments import ago_text, moment_text


@dataclass(frozen=True, slots=True)
class Visit:
    """A session as its person sees it."""

    id: UUID
    browser: str
    address: str
    since: str
    seen: str
    is_this_one: bool


@for_people
def sessions(request: PersonRequest) -> HttpResponse:
    """All of them, this one first."""
    now = timezone.now()
    held = sessions_of(request.scope).filter(expires_at__gt=now)
    this = key_hash(request.session.session_key or "")
    visits = [_visit(one, this, now) for one in held]
    visits.sort(key=lambda visit: not visit.is_this_one)
    return render(request, "account/sessions.html", {"visits": visits})


@require_POST
@for_people
def revoke(request: PersonRequest, session: UUID) -> HttpResponse:
    """End one of them."""
    revoke_session(request.user.pk, session)
    return HttpResponseRedirect(reverse("account:sessions"))


@require_POST
@for_people
def revoke_others(request: PersonRequest) -> HttpResponse:
    """End all but this one."""
    revoke_other_sessions(request.user.pk, keep=this_session(request))
    return HttpResponseRedirect(reverse("account:sessions"))


def this_session(request: PersonRequest) -> UUID | None:
    """The id of the session that the request came with."""
    hashed = key_hash(request.session.session_key or "")
    return sessions_of(request.scope).filter(key_hash=hashed).values_list("id", flat=True).first()


def _visit(session: Session, this: str, now: datetime) -> Visit:
    return Visit(
        id=session.pk,
        browser=browser_text(session.user_agent),
        address=session.address,
        since=moment_text(session.created_at),
        seen=ago_text(session.last_seen_at, now),
        is_this_one=session.key_hash == this,
    )
