"""For tests and for the examples in docstrings alike: Django, ready, without a database yet."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.support.scheduling import Pieces

os.environ["PACTDESK_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "pactdesk.config.settings"

pytest_plugins = ["tests.support.desk"]


def pytest_configure() -> None:
    """Models can be imported only after this; nothing connects to a database here."""
    import django

    django.setup()


def pytest_collection_finish() -> None:
    """What is loaded now stays loaded: garbage is not looked for in it again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Pieces:
    """How the tests are shared out among workers."""
    from tests.support.scheduling import Pieces

    return Pieces(config, log)
