"""The part's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registered as `desk`."""

    name = "pactdesk.web.desk"
    label = "desk"
