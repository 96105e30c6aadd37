"""The Django application of the account's pages."""

from __future__ import annotations

from django.apps import AppConfig


class AccountConfig(AppConfig):
    """Log-in, second step, sessions, profile: rows lie in `apps/parties`."""

    name = "pactdesk.web.account"
    label = "account"
