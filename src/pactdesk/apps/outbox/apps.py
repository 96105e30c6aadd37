"""The app's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Registered as `outbox`."""

    name = "pactdesk.apps.outbox"
    label = "outbox"
