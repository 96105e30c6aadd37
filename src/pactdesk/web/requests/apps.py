"""The part's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig


class RequestPagesConfig(AppConfig):
    """Registered as `request_pages`; `requests` is the app with the rows."""

    name = "pactdesk.web.requests"
    label = "request_pages"
