"""The app's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig


class QualityConfig(AppConfig):
    """Registered as `quality`."""

    name = "pactdesk.apps.quality"
    label = "quality"
