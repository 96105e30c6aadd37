"""The Django application that owns the components' templates, tags and static files."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Has no rows: it only shows."""

    name = "pactdesk.web.ui"
    label = "ui"
