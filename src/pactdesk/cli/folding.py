"""Folding text that has no spaces: Chinese breaks between characters, figures stay whole."""

from __future__ import annotations

import re

from rich.cells import cell_len

_UNIT = re.compile(r"[!-~−]+ ?|.", re.DOTALL)
_NEVER_FIRST = "，。；：、）》”’！？…% "


def folded(text: str, width: int, *, indent: str = "") -> str:
    """The text in lines of at most `width` cells.

    An indented line of the text hangs: what follows of it stands two further in. No line begins
    with a closing mark, and a figure such as 31,380.20 is never cut.
    """
    lines = []
    for paragraph in text.splitlines():
        start = indent + paragraph[: len(paragraph) - len(paragraph.lstrip())]
        follow = start + ("  " if start != indent else "")
        line, room = start, width - cell_len(start)
        for unit in _UNIT.findall(paragraph.lstrip()):
            size = cell_len(unit.rstrip())
            if size > room and line.strip() and unit[0] not in _NEVER_FIRST:
                lines.append(line.rstrip())
                line, room = follow, width - cell_len(follow)
            line += unit
            room -= cell_len(unit)
        lines.append(line.rstrip())
    return "\n".join(lines)
