"""For tests and for the examples in docstrings alike: Django, ready, without a database yet."""

from __future__ import annotations

import os

os.environ["PACTDESK_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "pactdesk.config.settings"

pytest_plugins = ["tests.support.desk"]


def pytest_configure() -> None:
    """Models can be imported only after this; nothing connects to a database here."""
    import django

    django.setup()
