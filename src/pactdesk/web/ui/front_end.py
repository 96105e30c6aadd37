"""The scripts of others that our pages load: fetched from npm once, checked, then copied.

`npm/package-lock.json` names each package with its hash and no registry; npm refuses anything
else. They are kept in the cache, and from there come into `static/vendor/`, which git ignores.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pactdesk.core.units.errors import PactError
from pactdesk.documents.fonts import caches
from pactdesk.documents.npm import npm_command, npm_settings, progress, run, writable_cache
from pactdesk.messages.catalogue import language_of, say, text

LOCKS = Path(__file__).with_name("npm")
VENDOR = Path(__file__).with_name("static") / "vendor"
_PACKAGES = "htmx.org, @alpinejs/csp, axe-core"


class FrontEndIncomplete(PactError):
    """npm fetched the packages, but `file` is not among what they hold."""


@dataclass(frozen=True, slots=True)
class Vendored:
    """A file of a package, and its name in `static/vendor/`."""

    member: str
    name: str


PAGES = (
    Vendored("htmx.org/dist/htmx.min.js", "htmx.min.js"),
    Vendored("htmx.org/LICENSE", "htmx.LICENSE.txt"),
    Vendored("@alpinejs/csp/dist/cdn.min.js", "alpine.min.js"),
)
# Only tests load it, and it stays in the cache: no visitor is ever sent it.
CHECKER = Vendored("axe-core/axe.min.js", "axe.min.js")


def bring_front_end(environ: Mapping[str, str] = os.environ, folder: Path = VENDOR) -> Path:
    """Fetch what is missing, copy what the pages load into `folder`; the cached files' folder.

    raises  NodeMissing, PackageNotFetched, FrontEndIncomplete, CacheNotWritable
    """
    kept = _kept(environ) or _fetched(environ)
    folder.mkdir(parents=True, exist_ok=True)
    for file in PAGES:
        _copy(kept / file.name, folder / file.name)
    return kept


def _kept(environ: Mapping[str, str]) -> Path | None:
    folders = [_folder(cache) for cache in caches(environ)]
    whole = (folder for folder in folders if _is_complete(folder))
    return next(whole, None)


def _fetched(environ: Mapping[str, str]) -> Path:
    cache = writable_cache(environ)
    with tempfile.TemporaryDirectory(prefix=".fetching-", dir=cache) as name:
        work = Path(name)
        npm = npm_command(work, environ, _PACKAGES)
        for lock in ("package.json", "package-lock.json"):
            shutil.copy(LOCKS / lock, work)
        line = text("front_end", "fetching", language_of(environ), packages=_PACKAGES)
        with progress(line) as report:
            command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            run(command, work, npm_settings(work, environ), _PACKAGES, report)
        return _keep(work / "node_modules", _folder(cache))


def _keep(modules: Path, folder: Path) -> Path:
    """The files we want of the folder `modules`, in `folder`.

    raises  FrontEndIncomplete; nothing is then kept
    """
    for file in (*PAGES, CHECKER):
        if not (modules / file.member).is_file():
            raise FrontEndIncomplete(file=file.member)
    folder.mkdir(parents=True, exist_ok=True)
    for file in (*PAGES, CHECKER):
        # File by file: another set-up may be filling the same folder with the same bytes.
        (modules / file.member).replace(folder / file.name)
    return folder


def _copy(source: Path, target: Path) -> None:
    """`source` as `target`, never half-written; untouched when it is the same already."""
    content = source.read_bytes()
    if target.is_file() and target.read_bytes() == content:
        return
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as half:
        half.write(content)
    Path(half.name).chmod(0o644)
    Path(half.name).replace(target)


def _folder(cache: Path) -> Path:
    """Where the files of this lock lie inside `cache`."""
    lock = (LOCKS / "package-lock.json").read_bytes()
    return cache / "front-end" / hashlib.sha256(lock).hexdigest()[:16]


def _is_complete(folder: Path) -> bool:
    return all((folder / file.name).is_file() for file in (*PAGES, CHECKER))


def main() -> int:
    """Bring the front end; 0, or 1 after a sentence about what went wrong."""
    try:
        bring_front_end()
    except PactError as problem:
        sys.stderr.write(say(problem, language_of(os.environ)) + "\n")
        return 1
    return 0
