"""Bringing a database up to this version, and never under one that is newer.

Needs Django ready, with the databases `default` and (to upgrade) `owner`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from pactdesk.config.errors import DatabaseNewer, MigrationsMissing, UpgradeRunning
from pactdesk.config.inspection import connected

# Any number, the same in every version of us.
_LOCK = 0x50414354


@dataclass(frozen=True, slots=True)
class Standing:
    """How a database stands to this version: what it lacks, and what only it knows."""

    missing: tuple[str, ...]
    unknown: tuple[str, ...]


def standing(alias: str = "default") -> Standing:
    """By comparing the migrations of this version with those of the database."""
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations)
    replaced = {each for one in loader.disk_migrations.values() for each in one.replaces}
    apps = {app for app, _ in known}
    applied = set(MigrationRecorder(connections[alias]).applied_migrations())
    foreign = {each for each in applied - known - replaced if each[0] in apps}
    return Standing(_names(known - applied), _names(foreign))


def check_standing(found: Standing) -> None:
    """Raises MigrationsMissing, DatabaseNewer."""
    check_not_newer(found)
    if found.missing:
        raise MigrationsMissing(count=len(found.missing), first=found.missing[0])


def check_not_newer(found: Standing) -> None:
    """Raises DatabaseNewer."""
    if found.unknown:
        raise DatabaseNewer(first=found.unknown[0])


def upgrade(owner_address: str) -> tuple[str, ...]:
    """Migrate as the owner; returns the migrations that were applied.

    raises  UpgradeRunning, DatabaseNewer, DatabaseUnreachable
    """
    with alone(owner_address):
        before = standing("owner")
        check_not_newer(before)
        if before.missing:
            call_command("migrate", database="owner", interactive=False, verbosity=0)
        return before.missing


@contextmanager
def alone(owner_address: str) -> Iterator[None]:
    """Nobody else upgrades this database meanwhile; PostgreSQL frees the lock of the dead.

    raises  UpgradeRunning
    """
    with connected("DATABASE_OWNER_URL", owner_address) as connection:
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK]).fetchone()
        if row != (True,):
            raise UpgradeRunning()
        yield


def _names(migrations: set[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(f"{app}.{name}" for app, name in sorted(migrations))
