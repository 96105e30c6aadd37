"""Taking a backup while the desk goes on: one snapshot for the counts and for pg_dump."""

from __future__ import annotations

import os
import subprocess
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from pactdesk.config.backup.manifest import Manifest, manifest_of
from pactdesk.config.backup.sealed_stream import Secret, lock
from pactdesk.config.errors import BackupExists, BackupFailed, BackupNotWritable, BackupRoleMissing
from pactdesk.config.inspection import Connection, connected
from pactdesk.config.private_programs import client_program
from pactdesk.config.roles import BACKUP

_PIECE = 1 << 18
_SIZE = 8


def take_backup(file: Path, owner_address: str, secret: Secret, *, vault: str = "") -> Manifest:
    """Write the backup whole or not at all; returns what it says about itself.

    vault   the text of the vault's keys, to go along; mostly it must not
    raises  BackupExists, BackupNotWritable, BackupRoleMissing, BackupFailed, DatabaseUnreachable
    """
    if file.exists():
        raise BackupExists(file=str(file))
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(opened, "wb") as out:
                manifest = _write(out, owner_address, secret, vault)
                out.flush()
                os.fsync(out.fileno())
            os.link(draft, file)
        finally:
            draft.unlink()
    except FileExistsError:
        raise BackupExists(file=str(file)) from None
    except OSError as problem:
        said = problem.strerror or str(problem)
        raise BackupNotWritable(file=str(file), problem=said) from None
    return manifest


def _write(out: IO[bytes], owner_address: str, secret: Secret, vault: str) -> Manifest:
    with reading_everything(owner_address) as (connection, snapshot):
        manifest = manifest_of(connection, vault)
        head = manifest.to_bytes()
        with dump(owner_address, snapshot) as dumped:
            lock(_parts(head, dumped), out, secret)
    return manifest


def _parts(head: bytes, dumped: IO[bytes]) -> Iterator[bytes]:
    """Length and manifest, then the compressed dump."""
    yield len(head).to_bytes(_SIZE, "big") + head
    pressing = zlib.compressobj(6)
    while piece := dumped.read(_PIECE):
        yield pressing.compress(piece)
    yield pressing.flush()


@contextmanager
def reading_everything(owner_address: str) -> Iterator[tuple[Connection, str]]:
    """A transaction that sees every row as of one instant and changes none, and its snapshot.

    raises  DatabaseUnreachable, BackupRoleMissing
    """
    with connected("DATABASE_OWNER_URL", owner_address) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            connection.execute(f"SET LOCAL ROLE {BACKUP}")
        except (psycopg.errors.InvalidParameterValue, psycopg.errors.InsufficientPrivilege):
            raise BackupRoleMissing(role=BACKUP) from None
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        yield connection, str(row[0]) if row else ""
        connection.execute("ROLLBACK")


@contextmanager
def dump(owner_address: str, snapshot: str) -> Iterator[IO[bytes]]:
    """pg_dump's own format, uncompressed, as it comes; raises BackupFailed when it fails."""
    address, environ = without_password(owner_address)
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603  pg_dump with our own arguments
            [
                *(str(client_program("pg_dump")), "--format=custom", "--compress=0"),
                *(f"--role={BACKUP}", f"--snapshot={snapshot}", "--no-owner", "--no-password"),
                f"--dbname={address}",
            ],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
        )
        assert process.stdout is not None  # noqa: S101  for mypy: it is a pipe
        try:
            with process.stdout:
                yield process.stdout
        except BaseException:
            process.kill()
            raise
        finally:
            process.wait()
        if process.returncode != 0:
            raise BackupFailed(program="pg_dump", said=last_lines(said))


def without_password(address: str) -> tuple[str, dict[str, str]]:
    """The address without its password, and the environment with it: argv is seen by all."""
    parts = {name: str(value) for name, value in conninfo_to_dict(address).items() if value}
    password = parts.pop("password", "")
    environ = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "PGPASSWORD": password}
    return make_conninfo("", **parts), environ


def last_lines(said: IO[bytes]) -> str:
    """What a program wrote last, for a sentence."""
    said.seek(0)
    lines = said.read().decode("utf-8", "replace").strip().splitlines()
    return " / ".join(lines[-4:]) or "-"
