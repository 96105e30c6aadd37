"""The app's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    """Registered as `statements`."""

    name = "pactdesk.apps.statements"
    label = "statements"
