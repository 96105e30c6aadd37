"""Draws docs/images/demo.svg: what `make demo` shows from the levels on, without the plots.

.venv/bin/python scripts/demo_picture.py
"""

from __future__ import annotations

import re
import tempfile
from html import unescape
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme

from pactdesk.cli.demo import story
from pactdesk.cli.demo.folder import fresh_folder
from pactdesk.cli.demo.story import Demo

TARGET = Path(__file__).resolve().parents[1] / "docs/images/demo.svg"
WIDTH = 104
THEME = TerminalTheme(
    (250, 250, 248),
    (40, 44, 52),
    [(40, 44, 52), (190, 60, 40), (40, 120, 70), (160, 110, 10),
     (30, 90, 160), (130, 60, 140), (20, 120, 140), (200, 200, 200)],
    [(120, 120, 120), (200, 70, 45), (45, 135, 80), (175, 120, 15),
     (35, 100, 175), (145, 70, 155), (25, 130, 150), (250, 250, 248)],
)  # fmt: skip
# The picture must not fetch a font from another host.
FORMAT = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
    "Fira Code", "Noto Sans Mono CJK SC, Sarasa Mono SC, Menlo, Consolas"
)


TEXT = re.compile(r'textLength="([\d.]+)"([^>]*)>([^<]*)</text>')


def _in_cells(found: re.Match[str]) -> str:
    """Rich counts characters where a Chinese one is two cells wide."""
    said = unescape(found[3])
    width = float(found[1]) / len(said) * cell_len(said)
    return f'textLength="{width:.1f}"{found[2]}>{found[3]}</text>'


class Picture(Demo):
    """The demo, recorded from step 5 on."""

    def _step(self, number: int, name: str) -> None:
        if number == 5:
            quiet = open("/dev/null", "w")  # noqa: PTH123, SIM115 - lives as long as the script
            self.screen = Console(
                record=True, file=quiet, width=WIDTH, force_terminal=True, highlight=False
            )
        super()._step(number, name)


def main() -> None:
    """Runs the demo in a scratch folder and writes the picture."""
    # Drawn with letters, the plots need a real terminal; the PDF has them as figures.
    vars(story)["terminal_plots"] = lambda *_: ()
    with tempfile.TemporaryDirectory() as scratch:
        demo = Picture(fresh_folder(Path(scratch) / "out"), Console(quiet=True))
        demo.run()
        svg = demo.screen.export_svg(
            title="make demo", theme=THEME, code_format=FORMAT, unique_id="demo"
        )
        svg = TEXT.sub(_in_cells, svg)
        svg = svg.replace(str(scratch), "").replace("/out/", "out/demo/")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
