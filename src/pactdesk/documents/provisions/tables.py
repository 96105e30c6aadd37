"""Tables flattened to text: one row a line, cells parted by |, by tabs or by wide gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]+")
_CELL = re.compile(r"(?:[^|\t \u3000]|[ \u3000](?![ \u3000]))+")
_PARTED = re.compile(r"[|\t]|[^\s][ \u3000]{3}")
_RULE = re.compile(r"[\s|:+\-=─━]+\Z")
_FIGURE = re.compile(r"\d")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one cell and its place in the passage."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; a row may have fewer cells than the header, never more."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def start(self) -> int:
        """Where the header begins."""
        return self.header[0].start

    @property
    def end(self) -> int:
        """Where the last row ends."""
        return self.rows[-1][-1].end

    def column(self, *words: str, start: int = 0) -> int | None:
        """The first column, from `start` on, whose heading has one of the words."""
        return next(
            (
                n
                for n, cell in enumerate(self.header)
                if n >= start and any(word in cell.text for word in words)
            ),
            None,
        )


def tables_in(text: str) -> Iterator[Table]:
    """Runs of at least two lines of two or more cells, the first without figures its header."""
    run: list[tuple[Cell, ...]] = []
    for line in _LINE.finditer(text):
        if _RULE.match(line[0]):
            continue
        cells = _cells(text, line.start(), line.end())
        if len(cells) >= 2 and (not run or len(cells) <= len(run[0])):
            run.append(cells)
            continue
        yield from _table(run)
        run = [cells] if len(cells) >= 2 else []
    yield from _table(run)


def _cells(text: str, start: int, end: int) -> tuple[Cell, ...]:
    if not _PARTED.search(text, start, end):
        return ()
    cells = []
    for found in _CELL.finditer(text, start, end):
        words = found[0].strip(" \u3000")
        if words:
            first = found.start() + found[0].index(words)
            cells.append(Cell(words, first, first + len(words)))
    return tuple(cells)


def _table(run: list[tuple[Cell, ...]]) -> Iterator[Table]:
    if len(run) < 2 or any(len(cell.text) > _LONGEST for cell in run[0]):
        return
    if not any(_FIGURE.search(cell.text) for cell in run[0]):
        yield Table(run[0], tuple(run[1:]))
