"""Requests that reach no view: a form whose token does not fit, an address nobody can read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render

from pactdesk.web.visitors import public


@public
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django's
    """The page instead of Django's own: nothing was done, and how to go on."""
    return render(request, "form_expired.html", status=403)


class NoNulMiddleware:
    """PostgreSQL keeps no NUL in a text: an address or a form with one is refused, for all pages
    at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; raises BadRequest."""
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return self._answer(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Once it is certain that there is a page; raises BadRequest."""
        with suppress(UnreadablePostError):  # whoever sent it has gone
            if any("\x00" in each for _, sent in request.POST.lists() for each in sent):
                raise BadRequest
