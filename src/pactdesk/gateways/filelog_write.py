"""Writing several files as one: all of them change, or none."""

from __future__ import annotations

import fcntl
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from pactdesk.core.facts.canonical import Json, canonical_json, parse_canonical
from pactdesk.core.units.errors import PactError

_LOCK = ".lock"
_COMMIT = ".commit"
_NEW = re.compile(r"\.new-[0-9]+")
_TARGET = re.compile(
    r"(log\.json|(conflicts|checkpoints|(facts|personal)/[0-9]{4}-[0-9]{2}-[0-9]{2})\.jsonl)"
)
_PAUSE_SECONDS = 0.02


class LogInUse(PactError):
    """Another process is writing to the log in `path`."""


class LogNotWritable(PactError):
    """Nothing can be written to the folder `path`."""


class LogDamaged(PactError):
    """The unfinished write in `path` is not one that Pactdesk made."""


@contextmanager
def locked(folder: Path, *, exclusive: bool, patience_seconds: float = 10) -> Iterator[None]:
    """Hold the log's lock; a writer alone, readers together.

    A folder that cannot be written to (a bundle on a read-only medium) has no writers either,
    so its readers need no lock.

    raises  LogInUse after `patience_seconds`, LogNotWritable
    """
    try:
        handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError:
        if exclusive:
            raise LogNotWritable(path=str(folder)) from None
        yield
        return
    try:
        _wait_for(handle, folder, exclusive=exclusive, patience_seconds=patience_seconds)
        yield
    finally:
        os.close(handle)


def replace_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Give each file (by its path inside `folder`) its new content; an empty one is removed.

    New contents are first written beside the old ones. The moment `.commit` appears, which lists
    them, the write has happened: whoever opens the log next completes it (`complete_write`).
    """
    try:
        _commit(folder, contents)
        complete_write(folder)
    except OSError:  # a full disk, a folder that is gone: what was not committed did not happen
        raise LogNotWritable(path=str(folder)) from None


def _commit(folder: Path, contents: Mapping[str, bytes]) -> None:
    moves: list[Json] = []
    for number, (target, content) in enumerate(sorted(contents.items())):
        new = f".new-{number}"
        _write_durably(folder / new, content)
        moves.append([new, target])
    _write_durably(folder / ".commit-new", canonical_json(moves))
    (folder / ".commit-new").replace(folder / _COMMIT)
    _sync(folder)


def is_write_unfinished(folder: Path) -> bool:
    """Whether a write stopped half-way and waits to be completed."""
    return (folder / _COMMIT).exists()


def complete_write(folder: Path) -> None:
    """Finish a committed write, and clear away one that was never committed. Needs the lock.

    raises  LogDamaged
    """
    commit = folder / _COMMIT
    if commit.exists():
        for new, target in _moves(commit):
            _move(folder / new, folder / target)
        for touched in ("facts", "personal", "."):
            if (folder / touched).is_dir():
                _sync(folder / touched)
        commit.unlink()
        _sync(folder)
    for left in folder.glob(".new-*"):
        left.unlink()


def _wait_for(handle: int, folder: Path, *, exclusive: bool, patience_seconds: float) -> None:
    until = time.monotonic() + patience_seconds
    mode = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(handle, mode | fcntl.LOCK_NB)
            return
        if time.monotonic() >= until:
            raise LogInUse(path=str(folder))
        time.sleep(_PAUSE_SECONDS)


def _moves(commit: Path) -> list[tuple[str, str]]:
    """What to rename; a `.commit` from a stranger must not reach outside the log's folder."""
    moves: list[tuple[str, str]] = []
    listed = parse_canonical(commit.read_bytes())
    for move in listed if isinstance(listed, list) else [None]:
        match move:
            case [str(new), str(target)] if _NEW.fullmatch(new) and _TARGET.fullmatch(target):
                moves.append((new, target))
            case _:
                raise LogDamaged(path=str(commit))
    return moves


def _move(new: Path, target: Path) -> None:
    if not new.exists():  # moved already, before the interruption
        return
    if new.stat().st_size:
        target.parent.mkdir(exist_ok=True)
        new.replace(target)
    else:
        target.unlink(missing_ok=True)
        new.unlink()


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make renames inside `folder` survive a power failure."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
