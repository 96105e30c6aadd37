"""Fetches the fonts with `npm pack` and keeps only the pinned files; nothing half-written."""

from __future__ import annotations

import hashlib
import os
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from pactdesk.core.units.errors import PactError
from pactdesk.documents.fonts import (
    PACKAGE,
    PINNED,
    VERSION,
    FontFiles,
    FontsMissing,
    font_paths,
    fonts_folder,
)
from pactdesk.documents.npm import (
    PackageNotFetched,
    npm_command,
    npm_settings,
    progress,
    run,
    writable_cache,
)
from pactdesk.messages.catalogue import language_of, text

_DOWNLOAD_BYTES = 56_954_252
_PINNED_PACKAGE = f"{PACKAGE}@{VERSION}"


class FontsAltered(PactError):
    """`file` of `package` is not the file that was pinned, so it was not kept."""


def fetch_fonts(environ: Mapping[str, str] = os.environ) -> FontFiles:
    """The fonts, fetched into the first cache that can be written unless they are there.

    raises  NodeMissing, PackageNotFetched, FontsAltered, CacheNotWritable
    """
    try:
        return font_paths(environ)
    except FontsMissing:
        cache = writable_cache(environ)
    with tempfile.TemporaryDirectory(prefix=".fetching-", dir=cache) as name:
        work = Path(name)
        tarball = _packed(npm_command(work, environ, _PINNED_PACKAGE), work, environ)
        keep_pinned_files(tarball, work, fonts_folder(cache))
    return font_paths(environ)


def keep_pinned_files(tarball: Path, work: Path, folder: Path) -> None:
    """The pinned files of `tarball` into `folder`, checked in `work` first.

    raises  FontsAltered; `folder` is then untouched
    """
    with tarfile.open(tarball) as package:
        for pin in PINNED:
            content = _content(package, pin.member)
            if hashlib.sha256(content).hexdigest() != pin.sha256:
                raise FontsAltered(file=pin.name, package=_PINNED_PACKAGE)
            (work / pin.name).write_bytes(content)
    folder.mkdir(parents=True, exist_ok=True)
    for pin in PINNED:
        # File by file: another set-up may be filling the same folder with the same bytes.
        (work / pin.name).replace(folder / pin.name)


def _content(package: tarfile.TarFile, member: str) -> bytes:
    try:
        source = package.extractfile(member)
    except KeyError:
        source = None
    return source.read() if source else b""


def _packed(npm: Sequence[str], work: Path, environ: Mapping[str, str]) -> Path:
    """The package as npm packs it; npm has checked it against the registry's integrity."""
    download = work / "download"
    download.mkdir()
    command = [*npm, "pack", "--ignore-scripts", _PINNED_PACKAGE]
    line = text("fonts", "fetching", language_of(environ), package=PACKAGE)
    with progress(line, growing=work / "npm-cache", size=_DOWNLOAD_BYTES) as report:
        run(command, download, npm_settings(work, environ), _PINNED_PACKAGE, report)
    tarball = next(download.glob("*.tgz"), None)
    if tarball is None:
        raise PackageNotFetched(package=_PINNED_PACKAGE, reason="npm pack: no .tgz")
    return tarball
