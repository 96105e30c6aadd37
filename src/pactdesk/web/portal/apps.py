"""The portal as a Django app, for its templates and static files."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Pages of the two parties."""

    name = "pactdesk.web.portal"
    label = "portal"
