"""What several versions of the terms would have paid, month by month, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pactdesk.documents.figures.canvas import FigureFormat, Palette, Theme, drawn
from pactdesk.documents.figures.terminal import Terminal
from pactdesk.messages.catalogue import Language, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH = 0.8
_MOST_VALUES = 24
_MARKS = "█▒░▓"
_SMALLEST_BAR = 8
_USUAL = Terminal()


@dataclass(frozen=True, slots=True)
class Series:
    """One version: its name and the fen of each month; None where it had no statement."""

    name: str
    fen: tuple[int | None, ...]


def backtest_figure(
    months: Sequence[str],
    series: Sequence[Series],
    *,
    language: Language = "zh",
    theme: Theme = "light",
    fmt: FigureFormat = "svg",
    size: tuple[float, float] = (7.2, 2.9),
) -> bytes:
    """Bars by month, one for each version; a month without a statement has a gap.

    months  "2026-10", as many as each series has values
    raises  FontsMissing
    """

    def draw(axes: Axes, palette: Palette) -> None:
        _bars(axes, palette, months, series)
        axes.set_xticks(range(len(months)), list(months))
        axes.set_ylabel(text("figures", "axis_yuan", language))
        axes.axhline(0, color=palette.rule, linewidth=0.8)
        axes.grid(axis="y", color=palette.rule, linewidth=0.5)
        axes.set_axisbelow(True)
        axes.margins(y=0.15)
        axes.yaxis.set_major_formatter("{x:,.0f}")
        # Above the bars, so that it never covers one.
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), frameon=False, ncols=len(series))

    return drawn(draw, size=size, theme=theme, fmt=fmt)


def terminal_backtest(
    months: Sequence[str],
    series: Sequence[Series],
    *,
    language: Language = "zh",
    terminal: Terminal = _USUAL,
) -> str:
    """The same in a terminal: the fill of a bar tells versions apart, so no colour is needed."""
    most = max((abs(fen) for each in series for fen in each.fen if fen is not None), default=0)
    amounts = {fen: _yuan(fen) for each in series for fen in each.fen if fen is not None}
    wide = max((len(each) for each in amounts.values()), default=1)
    room = max(_SMALLEST_BAR, terminal.width - 9 - wide - 3)
    lines = [
        "　".join(f"{_mark(n)} {each.name}" for n, each in enumerate(series)),
        "",
    ]
    for at, month in enumerate(months):
        for n, each in enumerate(series):
            head = month if n == 0 else ""
            fen = each.fen[at]
            if fen is None:
                lines.append(f"{head:<8} {text('figures', 'no_statement', language)}")
                continue
            bar = _mark(n) * (abs(fen) * room // most if most else 0)
            sign = "−" if fen < 0 else " "
            lines.append(f"{head:<8}{sign}{bar} {amounts[fen]}".rstrip())
    return "\n".join(lines)


def _bars(axes: Axes, palette: Palette, months: Sequence[str], series: Sequence[Series]) -> None:
    wide = _WIDTH / len(series)
    colors = (palette.accent, palette.alert, palette.quiet, palette.ink)
    is_labelled = len(months) * len(series) <= _MOST_VALUES
    for n, each in enumerate(series):
        shown = [(at, fen) for at, fen in enumerate(each.fen) if fen is not None]
        places = [at - _WIDTH / 2 + wide * (n + 0.5) for at, _ in shown]
        # Fen become yuan for the eye only: no figure is read back from a picture.
        heights = [fen / 100 for _, fen in shown]
        bars = axes.bar(places, heights, wide * 0.92, color=colors[n % 4], label=each.name)
        if is_labelled:
            labels = [_yuan(fen) for _, fen in shown]
            axes.bar_label(bars, labels, fontsize=6.5, padding=2, color=palette.quiet)


def _mark(n: int) -> str:
    return _MARKS[n % len(_MARKS)]


def _yuan(fen: int) -> str:
    """Whole yuan, cut; a picture is for the size of things."""
    return f"{'−' * (fen < 0)}{abs(fen) // 100:,}"
