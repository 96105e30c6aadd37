"""The chat window's script, and the shops of the demo that carry it."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pactdesk.apps.conversations.errors import SiteUnknown
from pactdesk.apps.conversations.sites import site_called
from pactdesk.web.access import public
from pactdesk.web.ui.words import page_language
from pactdesk.web.widget.bundle import bundle
from pactdesk.web.widget.shops import shown_shop

# Shops ask again after an hour; until the script changes, the answer is that it has not.
_KEPT = "public, max-age=3600, stale-while-revalidate=86400"


@public
@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """`/widget.js`, for any page that puts it in."""
    made = bundle(settings.LIVE_URL)
    response: HttpResponse
    if request.headers.get("If-None-Match", "").removeprefix("W/") == made.tag:
        response = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(made.zipped, content_type="text/javascript; charset=utf-8")
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(made.plain, content_type="text/javascript; charset=utf-8")
    response["ETag"] = made.tag
    response["Cache-Control"] = _KEPT
    response["Vary"] = "Accept-Encoding"
    response["Access-Control-Allow-Origin"] = "*"  # for tags with integrity or crossorigin
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@public
@require_safe
def shop(request: HttpRequest, public_key: str) -> HttpResponse:
    """A merchant's shop as it might be, with the chat window by its one tag; in the demo only."""
    if settings.PACTDESK_MODE not in ("demo", "test"):
        raise Http404
    try:
        site = site_called(public_key)
    except SiteUnknown:
        raise Http404 from None
    facts = shown_shop(site.name, page_language())
    facts |= {"site": site, "pages_url": settings.PAGES_URL.rstrip("/")}
    return render(request, "widget/shop.html", facts)
