"""The address `/`: leads everybody to the place of their work."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from pactdesk.web.access import PersonRequest, for_people
from pactdesk.web.shell import first_place


@for_people
def home(request: PersonRequest) -> HttpResponse:
    """To the first place that is theirs; without a role yet, a page that says whom to ask."""
    place = first_place(request.scope)
    return HttpResponseRedirect(place) if place else render(request, "no_place.html")
