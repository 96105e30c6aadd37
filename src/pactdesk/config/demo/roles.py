"""Working as another role of the database for a while, as the demo's making has to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connections

from pactdesk.config.database import connection_settings


@contextmanager
def as_worker() -> Iterator[None]:
    """Django's default connection is that of the worker, which seals."""
    pages = connections.settings
    address = os.environ["DATABASE_WORKER_URL"]
    worker = {**pages, "default": connection_settings("DATABASE_WORKER_URL", address)}
    _connect_by(connections.configure_settings(worker))
    try:
        yield
    finally:
        _connect_by(pages)


def forget_letters(admin: str) -> None:
    """The demo's people have passwords on the screen and no mailboxes."""
    with psycopg.connect(admin) as connection:
        connection.execute("UPDATE outbox_errand SET done_at = now() WHERE done_at IS NULL")


def _connect_by(databases: dict[str, dict[str, Any]]) -> None:
    connections["default"].close()
    del connections["default"]
    connections.settings = databases
