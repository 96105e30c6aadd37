"""The Django application of files."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Registered as `files`."""

    name = "pactdesk.web.files"
    label = "files"
