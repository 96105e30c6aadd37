"""The app's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Registered as `conversations`."""

    name = "pactdesk.apps.conversations"
    label = "conversations"
