"""The app's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """Registered as `workforce`."""

    name = "pactdesk.apps.workforce"
    label = "workforce"
