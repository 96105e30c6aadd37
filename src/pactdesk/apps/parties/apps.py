"""The app's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Registered as `parties`."""

    name = "pactdesk.apps.parties"
    label = "parties"
