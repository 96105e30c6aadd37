"""Bringing a backup back into an empty database."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pactdesk.config.backup.feeding import feed
from pactdesk.config.backup.manifest import Manifest
from pactdesk.config.backup.sealed_stream import Secret, unlock
from pactdesk.config.errors import BackupUnreadable, RestoreNotEmpty
from pactdesk.config.inspection import connected

_SIZE = 8
_LONGEST_MANIFEST = 1 << 26
_PIECE = 1 << 20


def read_whole(file: Path, secret: Secret) -> Manifest:
    """Open every piece up to the end, so that nothing of a damaged backup is ever restored.

    raises  BackupUnreadable, BackupKeyWrong, BackupChanged, BackupCut
    """
    with _opened(file, secret) as (manifest, dump):
        for _ in dump:
            pass
    return manifest


def restore(file: Path, secret: Secret, owner_address: str, *, name: str) -> Manifest:
    """Restore as the owner into an empty database, which must have the three roles.

    name    of the setting that the address comes from
    raises  what `read_whole` raises, before anything is written; RestoreNotEmpty,
            DatabaseUnreachable, BackupFailed
    """
    read_whole(file, secret)
    _check_empty(name, owner_address)
    with connected(name, owner_address) as connection:
        version = connection.info.server_version
    with _opened(file, secret) as (manifest, dump):
        feed(dump, owner_address, version)
    with connected(name, owner_address) as connection:
        connection.execute("ANALYZE")
    return manifest


@contextmanager
def _opened(file: Path, secret: Secret) -> Iterator[tuple[Manifest, Iterator[bytes]]]:
    name = str(file)
    try:
        opened = file.open("rb")
    except OSError:
        raise BackupUnreadable(file=name) from None
    with opened:
        plain = _Reader(unlock(opened, secret, name))
        size = int.from_bytes(plain.take(_SIZE), "big")
        if not 0 < size <= _LONGEST_MANIFEST:
            raise BackupUnreadable(file=name)
        yield Manifest.from_bytes(plain.take(size), name), _unpressed(plain.rest(), name)


class _Reader:
    """Takes bytes off a stream of pieces."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held = pieces, bytearray()

    def take(self, size: int) -> bytes:
        """The next bytes; fewer at the end."""
        while len(self._held) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._held += piece
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken

    def rest(self) -> Iterator[bytes]:
        """Whatever follows."""
        yield bytes(self._held)
        yield from self._pieces


def _unpressed(pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
    opening = zlib.decompressobj()
    try:
        for piece in pieces:
            while piece:
                yield opening.decompress(piece, _PIECE)
                piece = opening.unconsumed_tail
    except zlib.error:
        raise BackupUnreadable(file=name) from None


def _check_empty(name: str, owner_address: str) -> None:
    with connected(name, owner_address) as connection:
        row = connection.execute(
            "SELECT schemaname || '.' || tablename FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1 LIMIT 1"
        ).fetchone()
    if row:
        raise RestoreNotEmpty(name=name, table=row[0])
