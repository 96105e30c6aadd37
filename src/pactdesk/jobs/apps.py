"""The jobs' registration with Django: for the grants on their queue."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Registered as `jobs`."""

    name = "pactdesk.jobs"
    label = "jobs"
