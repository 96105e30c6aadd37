"""The pages of quality as a Django app, for templates and static files."""

from __future__ import annotations

from django.apps import AppConfig


class QualityPagesConfig(AppConfig):
    """Registered apart from the app with the rows."""

    name = "pactdesk.web.quality"
    label = "quality_pages"
