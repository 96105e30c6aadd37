"""The two font files that documents are set in: Noto Sans SC, regular and bold (OFL 1.1).

They are too large for the repository (21 MB), so `font_fetch` brings them once into a cache.
`python -m pactdesk.documents.fonts` fetches them; set-up calls that.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pactdesk.core.units.errors import PactError
from pactdesk.messages.catalogue import language_of, say, text

PACKAGE = "@expo-google-fonts/noto-sans-sc"
VERSION = "0.4.3"


class FontsMissing(PactError):
    """The fonts were never fetched into `folder`."""


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """A file of the package: where it lies there, its size in bytes, what it must hash to."""

    member: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """The file's own name, which it keeps in the cache."""
        return self.member.rsplit("/", 1)[-1]


REGULAR = PinnedFile(
    member="package/400Regular/NotoSansSC_400Regular.ttf",
    size=10_559_284,
    sha256="d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
)
BOLD = PinnedFile(
    member="package/700Bold/NotoSansSC_700Bold.ttf",
    size=10_549_020,
    sha256="9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
)
LICENCE = PinnedFile(
    member="package/LICENSE_FONT",
    size=4_388,
    sha256="1c05c68c34f9708415aada51f17e1b0092d2cea709bf4a94cd38114f9e73d7d9",
)
PINNED = (REGULAR, BOLD, LICENCE)


@dataclass(frozen=True, slots=True)
class FontFiles:
    """Both weights, and the folder that holds them and their licence."""

    regular: Path
    bold: Path
    folder: Path


def font_paths(environ: Mapping[str, str] = os.environ) -> FontFiles:
    """The fonts in the first cache that has them; a service whose own cache is elsewhere finds
    those that its user's set-up fetched.

    raises  FontsMissing: says how to fetch them
    """
    folders = [fonts_folder(cache) for cache in (*caches(environ), *_users_cache(environ))]
    for folder in folders:
        if _is_complete(folder):
            return FontFiles(folder / REGULAR.name, folder / BOLD.name, folder)
    raise FontsMissing(folder=folders[0])


def fonts_folder(cache: Path) -> Path:
    """Where the fonts lie inside `cache`."""
    return cache / "fonts" / f"noto-sans-sc-{VERSION}"


def caches(environ: Mapping[str, str]) -> list[Path]:
    """Where the fonts may lie, best first: the environment's choice, the user's, the checkout's."""
    if environ.get("PACTDESK_CACHE"):
        return [Path(environ["PACTDESK_CACHE"]).absolute()]
    found = _users_cache(environ)
    root = checkout()
    if root:
        found.append(root / ".cache" / "pactdesk")
    return found or [Path(tempfile.gettempdir()) / "pactdesk"]


def _users_cache(environ: Mapping[str, str]) -> list[Path]:
    xdg, home = Path(environ.get("XDG_CACHE_HOME", "")), Path(environ.get("HOME", ""))
    if xdg.is_absolute():
        return [xdg / "pactdesk"]
    return [home / ".cache" / "pactdesk"] if home.is_absolute() and home.is_dir() else []


def checkout() -> Path | None:
    """The folder of the source checkout this runs from, if it does."""
    root = Path(__file__).resolve().parents[3]
    return root if (root / "requirements" / "node.txt").is_file() else None


def main() -> int:
    """Fetch the fonts if they are missing; 0, or 1 after a sentence about what went wrong."""
    from pactdesk.documents.font_fetch import fetch_fonts  # slow, and mostly not needed

    language = language_of(os.environ)
    try:
        font_paths()
    except FontsMissing:
        try:
            fonts = fetch_fonts(os.environ)
        except PactError as problem:
            sys.stderr.write(say(problem, language) + "\n")
            return 1
        sys.stderr.write(text("fonts", "kept", language, folder=fonts.folder) + "\n")
    return 0


def _is_complete(folder: Path) -> bool:
    """Sizes only: contents were checked when the files were kept, and reading 21 MB is slow."""
    try:
        return all((folder / pin.name).stat().st_size == pin.size for pin in (REGULAR, BOLD))
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
