"""The app's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """Registered as `contracts`."""

    name = "pactdesk.apps.contracts"
    label = "contracts"
