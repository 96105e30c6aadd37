"""What people see in the terminal: tables, progress, and plain text when nobody watches."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pactdesk.documents.figures.terminal import Terminal

WIDEST_PLOT = 100
NARROWEST = 60
PIPED_WIDTH = 110


def console(*, stderr: bool = False) -> Console:
    """A console; piped output is wide and without colour, so that it can be read and grepped."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _piped_width(os.environ.get("COLUMNS", ""))
    return Console(stderr=stderr, width=width, highlight=False, soft_wrap=False)


def _piped_width(columns: str) -> int:
    """The width that COLUMNS asks for, where it is one that a table fits in."""
    asked = int(columns) if columns.isdecimal() else PIPED_WIDTH
    return max(asked, NARROWEST)


def terminal_of(screen: Console) -> Terminal:
    """The size and colour that a plot in this console may have."""
    return Terminal(width=min(screen.width, WIDEST_PLOT), color=screen.is_terminal)


def print_json(value: Any) -> None:
    """One JSON value on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
    # Whoever reads it in a pipe may wait for it while the command goes on.
    sys.stdout.flush()


@contextmanager
def progress(title: str, total: int | None = None) -> Iterator[Advance]:
    """A progress bar on standard error, gone when done; silent when piped."""
    shown = console(stderr=True)
    columns = (
        TextColumn("  {task.description}"),
        BarColumn(bar_width=28),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=shown, transient=True, disable=not shown.is_terminal) as bar:
        yield Advance(bar, bar.add_task(title, total=total))


class Advance:
    """Tells a progress bar how far the work is."""

    def __init__(self, bar: Progress, task: Any) -> None:
        self._bar = bar
        self._task = task

    def __call__(self, done: int, total: int) -> None:
        self._bar.update(self._task, completed=done, total=total)
