"""The Django application of the pages about work."""

from __future__ import annotations

from django.apps import AppConfig


class WorkforcePagesConfig(AppConfig):
    """Has no rows of its own."""

    name = "pactdesk.web.workforce"
    label = "workforce_pages"
