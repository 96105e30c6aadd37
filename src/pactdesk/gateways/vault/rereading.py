"""The vault's keys for a process that runs for weeks: read again when their file is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from pactdesk.core.units.errors import PactError
from pactdesk.gateways.vault.vault_keys import FILE_IN_ENVIRONMENT, IN_ENVIRONMENT, VaultKeys

Vault = Callable[[], VaultKeys]
"""Asks for the keys as they are now."""


def vault_of(environment: Mapping[str, str]) -> Vault:
    """The keys that the environment tells of; a file that was replaced counts at once.

    While the file cannot be read the keys known before serve on: they open what they opened.

    raises  what `VaultKeys.from_environment` raises, now and not later
    """
    known = VaultKeys.from_environment(environment)
    path = environment.get(FILE_IN_ENVIRONMENT)
    if environment.get(IN_ENVIRONMENT) or not path:
        return lambda: known
    file = Path(path)
    seen = _mark(file)

    def now() -> VaultKeys:
        nonlocal known, seen
        mark = _mark(file)
        if mark != seen:
            with suppress(PactError):
                known, seen = VaultKeys.from_file(file), mark
        return known

    return now


def _mark(file: Path) -> tuple[int, int, int]:
    """Another one for each file that takes its place."""
    try:
        stat = file.stat()
    except OSError:
        return (0, 0, 0)
    return (stat.st_ino, stat.st_mtime_ns, stat.st_size)
