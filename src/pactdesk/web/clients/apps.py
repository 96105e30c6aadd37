"""The Django application of taking clients on."""

from __future__ import annotations

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """Has no rows of its own."""

    name = "pactdesk.web.clients"
    label = "clients"
