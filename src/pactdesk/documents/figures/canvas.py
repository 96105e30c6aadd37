"""A matplotlib canvas in our look: fonts from the cache, no display, same bytes."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pactdesk.documents.fonts import caches, font_paths

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Theme = Literal["light", "dark"]
FigureFormat = Literal["svg", "png", "pdf"]

FAMILY = "Noto Sans SC"


@dataclass(frozen=True, slots=True)
class Palette:
    """Blue and orange stay apart for every kind of colour vision, and as two greys in print."""

    ground: str
    ink: str
    quiet: str
    rule: str
    wash: str
    accent: str
    alert: str


PALETTES: dict[Theme, Palette] = {
    "light": Palette(
        ground="#ffffff",
        ink="#1b2733",
        quiet="#66727f",
        rule="#d5dbe1",
        wash="#f1f4f7",
        accent="#1f5a92",
        alert="#c8501e",
    ),
    "dark": Palette(
        ground="#10171f",
        ink="#e6ebf0",
        quiet="#9aa7b4",
        rule="#33404d",
        wash="#1a242f",
        accent="#7db4e8",
        alert="#f2925c",
    ),
}


def drawn(
    draw: Callable[[Axes, Palette], None],
    *,
    size: tuple[float, float],
    theme: Theme,
    fmt: FigureFormat,
    dpi: int = 200,
) -> bytes:
    """The bytes of a figure with one pair of axes that `draw` filled.

    size    width and height in inches
    raises  FontsMissing
    """
    _prepare()
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    palette = PALETTES[theme]
    with mpl.rc_context(_settings(palette)):
        figure = Figure(figsize=size, dpi=dpi, layout="constrained", facecolor=palette.ground)
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        draw(axes, palette)
        kept = BytesIO()
        figure.savefig(kept, format=fmt, metadata=_NO_DATE[fmt], facecolor=palette.ground)
    return kept.getvalue()


# Whatever tells the time or the program's version would make the same figure differ.
_NO_DATE: dict[FigureFormat, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Producer": None, "Creator": None},
}


def _settings(palette: Palette) -> Any:
    return {
        "font.family": [FAMILY],
        "font.size": 8.5,
        "axes.edgecolor": palette.rule,
        "axes.labelcolor": palette.quiet,
        "axes.linewidth": 0.8,
        "axes.unicode_minus": True,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.facecolor": palette.ground,
        "text.color": palette.ink,
        "xtick.color": palette.quiet,
        "ytick.color": palette.quiet,
        "xtick.major.size": 2.5,
        "ytick.major.size": 0,
        "svg.hashsalt": "pactdesk",
        "svg.fonttype": "path",
        "pdf.fonttype": 42,
    }


@cache
def _prepare() -> None:
    """Tells matplotlib where to write and which fonts there are; once per process."""
    fonts = font_paths()
    if "MPLCONFIGDIR" not in os.environ:
        os.environ["MPLCONFIGDIR"] = str(_writable_folder())
    from matplotlib import font_manager

    for font in (fonts.regular, fonts.bold):
        font_manager.fontManager.addfont(font)


def _writable_folder() -> Path:
    """Our own cache, else a folder that goes away with the process."""
    for candidate in caches(os.environ):
        folder = candidate / "matplotlib"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    folder = Path(tempfile.mkdtemp(prefix="pactdesk-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
