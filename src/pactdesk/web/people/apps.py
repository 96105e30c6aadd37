"""The Django application of the administrators' pages."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Has no rows of its own."""

    name = "pactdesk.web.people"
    label = "people"
