"""The app's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Registered as `requests`."""

    name = "pactdesk.apps.requests"
    label = "requests"
