"""Finds a Chromium for the tests that look at pages, or brings one; never skips.

The one on PATH; else apt's, when root; else the one Playwright downloads; else the command to run.
`python scripts/browser.py` prints where it is.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pactdesk.messages.catalogue import language_of, text

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
APT = ("apt-get", "install", "--yes", "--quiet", "--no-install-recommends")
# The second is for the pictures: without it Chinese is boxes.
APT_PACKAGES = ("chromium", "fonts-noto-cjk")
_PLAYWRIGHT = ("-m", "playwright", "install", "chromium-headless-shell")

Run = Callable[[tuple[str, ...]], str]


class BrowserMissing(Exception):
    """No Chromium, and none could be brought; says which command to run."""


def chromium(run: Run | None = None, is_root: bool | None = None) -> str:
    """The path of a Chromium that runs here.

    raises  BrowserMissing
    """
    run = run or _run
    root = os.geteuid() == 0 if is_root is None else is_root
    found = on_path()
    if found:
        return found
    with _alone():
        return on_path() or _brought(run, root=root)


def _brought(run: Run, *, root: bool) -> str:
    found: str | None = None
    reasons = []
    if root and shutil.which("apt-get"):
        _tell("fetching_apt")
        run(("apt-get", "update", "--quiet"))
        reasons.append(run((*APT, *APT_PACKAGES)))
        found = on_path()
    if not found:
        _tell("fetching_playwright")
        reasons.append(run((sys.executable, *_PLAYWRIGHT)))
        found = of_playwright()
    if not found:
        command = " ".join((sys.executable, *_PLAYWRIGHT))
        reason = " / ".join(filter(None, reasons)) or "?"
        raise BrowserMissing(_text("missing", reason=reason, command=command))
    return found


@contextmanager
def _alone() -> Iterator[None]:
    """Tests ask from several processes at once, and apt refuses a second one instead of waiting."""
    with (Path(tempfile.gettempdir()) / f"pactdesk-chromium-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def on_path() -> str | None:
    """The machine's own Chromium."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def of_playwright() -> str | None:
    """The Chromium that Playwright once downloaded."""
    chosen = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folder = Path(chosen) if chosen else Path.home() / ".cache" / "ms-playwright"
    shells = sorted(folder.glob("chromium*/*/*shell*")) + sorted(folder.glob("chromium*/*/chrome"))
    return next((str(file) for file in shells if os.access(file, os.X_OK)), None)


def _run(command: tuple[str, ...]) -> str:
    """What `command` said last when it failed; nothing when it went well."""
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(  # noqa: S603  # fixed words, no shell
            command, env=environ, capture_output=True, text=True, errors="replace", check=False
        )
    except OSError as problem:
        return str(problem)
    said = (done.stderr or done.stdout).strip().splitlines()
    return "" if done.returncode == 0 else (said[-1] if said else str(done.returncode))


def _tell(key: str) -> None:
    print(_text(key), file=sys.stderr)


def _text(key: str, **facts: object) -> str:
    return text("browser", key, language_of(os.environ), **facts)


if __name__ == "__main__":
    try:
        print(chromium())
    except BrowserMissing as problem:
        sys.exit(str(problem))
