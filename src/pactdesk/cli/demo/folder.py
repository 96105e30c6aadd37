"""Where the demo leaves its results; a folder that it did not make itself is never touched."""

from __future__ import annotations

import shutil
from pathlib import Path

from pactdesk.core.units.errors import PactError

_MARK = ".pactdesk-demo"


class FolderNotOurs(PactError):
    """`folder` holds files that no demo put there."""


def fresh_folder(folder: Path) -> Path:
    """An empty results folder; an earlier demo's results are replaced."""
    if folder.is_file():
        raise FolderNotOurs(folder=str(folder))
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).exists():
            raise FolderNotOurs(folder=str(folder))
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).touch()
    return folder
