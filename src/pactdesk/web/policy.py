"""The content security policy of the pages: our own files, and the live door to talk to."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


class ContentPolicyMiddleware:
    """Every answer carries the policy; a view that needs a stricter one sets its own header."""

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response
        self._policy = content_policy(settings.LIVE_URL)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with its policy."""
        response = self._answer(request)
        response.headers.setdefault("Content-Security-Policy", self._policy)
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
