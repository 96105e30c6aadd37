"""Requests that reach no view: a form whose token does not fit, an address nobody can read."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pactdesk.web.visitors import public


@public
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django's
    """The page instead of Django's own: nothing was done, and how to go on."""
    return render(request, "form_expired.html", status=403)


class NoNulMiddleware:
    """PostgreSQL keeps no NUL in a text: an address with one is refused, for all pages at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; raises BadRequest."""
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return self._answer(request)
