"""Each request has an id: from the proxy if it gave one, and in every log line and the answer."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from pactdesk.apps.walls.identifiers import new_id
from pactdesk.web.observed.metrics import count_request

HEADER = "X-Request-ID"
ACCESS_LOG = logging.getLogger("pactdesk.request")

_FORM = re.compile(r"[A-Za-z0-9._-]{8,64}")


@dataclass(slots=True)
class Tracked:
    """The request that this thread or task works on; `person` once somebody is logged in."""

    request: str
    person: str = ""


TRACKED: ContextVar[Tracked | None] = ContextVar("tracked", default=None)


class RequestIdMiddleware:
    """The outermost: gives `request.id`, writes one line and counts each answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with its request's id."""
        tracked = Tracked(request_id(request.headers.get(HEADER, "")))
        request.id = tracked.request  # type: ignore[attr-defined]  # ours, beside Django's own
        before = TRACKED.set(tracked)
        started = time.perf_counter()
        try:
            response = self._answer(request)
            tracked.person = _person_of(request)
            response.headers[HEADER] = tracked.request
            _observe(request, response.status_code, time.perf_counter() - started)
            return response
        finally:
            TRACKED.reset(before)


def request_id(given: str) -> str:
    """The id that a proxy gave, if it looks like one; else a new one.

    >>> request_id("from-the-proxy-17")
    'from-the-proxy-17'
    >>> len(request_id("short; DROP"))
    32
    """
    return given if _FORM.fullmatch(given) else new_id().hex


def _observe(request: HttpRequest, status: int, seconds: float) -> None:
    """By the route and never by the path: a path may hold the token of an invitation."""
    found = request.resolver_match
    route = f"/{found.route}" if found else "-"
    count_request(request.method or "-", route, status, seconds)
    facts: dict[str, Any] = {
        "method": request.method,
        "route": route,
        "status": status,
        "ms": round(seconds * 1000, 1),
    }
    ACCESS_LOG.info("request", extra={"facts": facts})


def _person_of(request: HttpRequest) -> str:
    """Who it was, if anybody asked; asking only for the log would cost a query."""
    person = getattr(request, "_cached_user", None)
    return str(person.pk) if person is not None and person.is_authenticated else ""
