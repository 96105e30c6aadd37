"""The Django application of the customer's side: the chat window and the demo's shops."""

from __future__ import annotations

from django.apps import AppConfig


class WidgetConfig(AppConfig):
    """Registered as `widget`."""

    name = "pactdesk.web.widget"
    label = "widget"
