"""Is it alive, is it ready, how much does it do: for the proxy, systemd and Prometheus.

    GET /health/live   200 as long as the process answers
    GET /health/ready  200, or 503 with the name of what is missing
    GET /metrics       from this machine itself, or with `Authorization: Bearer METRICS_TOKEN`

They are answered before host names are checked and TLS is asked for, because a probe comes from
the machine itself, by address.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable
from functools import cache
from ipaddress import ip_address

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse

from pactdesk.core.units.errors import PactError
from pactdesk.gateways.vault.vault_keys import VaultKeys
from pactdesk.web.access import public
from pactdesk.web.observed.metrics import exposition

METRICS_TOKEN = "METRICS_TOKEN"  # noqa: S105  the name of the variable
_PASSED_ON = ("X-Forwarded-For", "X-Real-IP", "Forwarded")

Answer = Callable[[HttpRequest], HttpResponse]


class ProbesMiddleware:
    """Answers the three addresses itself."""

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A probe's answer, or that of the desk."""
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else self._answer(request)


@public
def live(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  a view's signature
    """It answers, so it lives."""
    return JsonResponse({"live": True})


@public
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  a view's signature
    """Whether requests make sense: database, migrations, keys. No detail; the log has those."""
    parts = {"database": _database(), "migrations": False, "vault_keys": _vault_keys()}
    parts["migrations"] = parts["database"] and not missing_migrations()
    fine = all(parts.values())
    return JsonResponse({"ready": fine, **parts}, status=200 if fine else 503)


@public
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus alone: counts tell about the business."""
    if not may_see_metrics(request):
        return HttpResponseForbidden()
    body, media_type = exposition()
    return HttpResponse(body, content_type=media_type)


def may_see_metrics(request: HttpRequest) -> bool:
    """From this machine and not through a proxy on it, or with the token."""
    token = os.environ.get(METRICS_TOKEN, "")
    given = request.headers.get("Authorization", "")
    if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    if any(name in request.headers for name in _PASSED_ON):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def missing_migrations() -> list[str]:
    """Migrations of this code that the database does not have, by name."""
    applied = MigrationRecorder(connection).applied_migrations()
    return [f"{app}.{name}" for app, name in sorted(_known() - set(applied))]


@cache
def _known() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _vault_keys() -> bool:
    try:
        VaultKeys.from_environment(os.environ)
    except PactError:
        return False
    return True


PROBES: dict[str, Answer] = {"/health/live": live, "/health/ready": ready, "/metrics": metrics}
