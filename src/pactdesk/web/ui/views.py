"""What a visitor sets for themselves: the appearance. (The language is Django's own view.)"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from pactdesk.web.ui.templatetags.ui import THEMES

_A_YEAR = 365 * 24 * 60 * 60


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or the system's in a cookie; back to where the visitor was."""
    theme = request.POST.get("theme")
    if theme not in THEMES:
        return HttpResponseBadRequest()
    after = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(
        after, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(after if is_ours else "/")
    response.set_cookie(
        "theme",
        theme,
        max_age=_A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
