"""The lead's page: levels so far and money at risk, of every contract that they lead."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from pactdesk.apps.parties.kinds import Role
from pactdesk.web.access import PersonRequest, for_roles
from pactdesk.web.desk.levels import standings
from pactdesk.web.desk.now import now


@for_roles(Role.LEAD)
def levels(request: PersonRequest) -> HttpResponse:
    """The whole page, or only its inside when the page asks again by itself."""
    part = request.headers.get("HX-Request") == "true"
    template = "desk/standings.html" if part else "desk/levels.html"
    facts = {"standings": standings(request.scope, now()), "live": settings.LIVE_URL}
    return render(request, template, facts)
