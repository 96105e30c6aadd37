"""The style guide's view."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pactdesk.web.ui.styleguide.samples import samples


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state; no such page unless DEBUG or SHOW_STYLEGUIDE is set."""
    if not (settings.DEBUG or getattr(settings, "SHOW_STYLEGUIDE", False)):
        raise Http404
    return render(request, "ui/styleguide.html", samples())
