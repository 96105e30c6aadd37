"""A throw-away PostgreSQL to restore into: no right on any other server is needed for a proof."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pactdesk.config.installation import PRIVATE_DATABASE
from pactdesk.config.private_postgres import ADMIN, PrivateServer, private_server, server_folder
from pactdesk.config.roles import DATABASE_ROLES, close_schema, make_database, make_roles


@contextmanager
def scratch_server(environ: Mapping[str, str]) -> Iterator[PrivateServer]:
    """With the roles and an empty database; nothing of it remains."""
    folder = server_folder(environ, f"scratch-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        with private_server(folder, durable=False) as server:
            admin = server.address(ADMIN, "postgres")
            make_roles(admin, {role: server.passwords[role] for role in DATABASE_ROLES})
            make_database(admin, PRIVATE_DATABASE)
            close_schema(server.address(ADMIN, PRIVATE_DATABASE))
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)
