"""The app's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Registered as `evidence`."""

    name = "pactdesk.apps.evidence"
    label = "evidence"
