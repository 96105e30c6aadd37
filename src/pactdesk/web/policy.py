"""Headers of every page: what it may load and talk to, and that nobody keeps a copy of it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


class ContentPolicyMiddleware:
    """Every answer carries the policy, and stays in no cache: the next at this computer presses
    "back". A view that needs something else sets its own headers."""

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response
        self._policy = content_policy(settings.LIVE_URL)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with its policy."""
        response = self._answer(request)
        response.headers.setdefault("Content-Security-Policy", self._policy)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def content_policy(live_url: str) -> str:
    """No inline script or style, no frame around us, nothing from elsewhere but the live door.

    >>> "script-src" in content_policy("https://live.example.com")
    False
    """
    door = f" {live_url.rstrip('/')}" if live_url else ""
    return (
        f"default-src 'self'; connect-src 'self'{door}; img-src 'self' blob: data:{door};"
        " base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )
