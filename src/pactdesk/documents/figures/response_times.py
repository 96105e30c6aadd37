"""How long people waited: the share of responses within each time, against limit and target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pactdesk.core.terms.base import fraction
from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.terms.durations import MILLISECONDS, Duration, TimeUnit
from pactdesk.core.units.exact import decimal_text
from pactdesk.documents.figures.canvas import FigureFormat, Palette, Theme, drawn
from pactdesk.messages.catalogue import Language, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SCALES = ((2 * 3600, 3600, "hours"), (180, 60, "minutes"), (0, 1, "seconds"))
"""From this limit in seconds on, the axis counts in units of so many seconds."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Waiting times of one level.

    seconds  ascending; `share[i]` of all counted waited at most `seconds[i]`
    limit    in seconds; None when the clause has none
    beyond   how many waited longer than `edge`, where the axis ends
    """

    seconds: tuple[int, ...]
    shares: tuple[Fraction, ...]
    counted: int
    limit: int | None
    at_limit: Fraction | None
    edge: int
    beyond: int


def waits(level: Mapping[str, Any], clause: ServiceLevel) -> Waits:
    """The cumulative shares of a level's histogram.

    Conversations that ended without a response are counted but have no time, so the curve may
    end below 100 %.
    """
    histogram = sorted((int(second), count) for second, count in level["histogram"].items())
    timed = sum(count for _, count in histogram)
    by_count = level["metric"] in (Metric.FIRST_RESPONSE_SHARE, Metric.RESOLUTION_SHARE)
    counted = level["denominator"] if by_count else timed
    limit = _limit_seconds(clause.within)
    edge = _edge(histogram, limit, timed)
    shares, so_far, at_limit = [], 0, 0
    for second, count in histogram:
        so_far += count
        shares.append(Fraction(so_far, counted or 1))
        if limit is not None and second <= limit:
            at_limit = so_far
    return Waits(
        seconds=tuple(second for second, _ in histogram),
        shares=tuple(shares),
        counted=counted,
        limit=limit,
        at_limit=None if limit is None or not counted else Fraction(at_limit, counted),
        edge=edge,
        beyond=sum(count for second, count in histogram if second > edge),
    )


def unit_of(waited: Waits) -> tuple[int, str]:
    """(seconds in one unit of the axis, its key): hours for limits of hours."""
    reference = waited.limit if waited.limit is not None else waited.edge // 4
    return next((size, key) for least, size, key in _SCALES if reference >= least)


def response_time_figure(
    level: Mapping[str, Any],
    clause: ServiceLevel,
    *,
    language: Language = "zh",
    theme: Theme = "light",
    fmt: FigureFormat = "svg",
    size: tuple[float, float] = (7.2, 2.7),
) -> bytes:
    """The figure of one level's waiting times.

    level   in the plain form of a statement
    size    in inches
    raises  FontsMissing
    """
    waited = waits(level, clause)

    def draw(axes: Axes, palette: Palette) -> None:
        _ResponseTimes(axes, palette, waited, clause, language).draw()

    return drawn(draw, size=size, theme=theme, fmt=fmt)


class _ResponseTimes:
    def __init__(
        self,
        axes: Axes,
        palette: Palette,
        waited: Waits,
        clause: ServiceLevel,
        language: Language,
    ) -> None:
        self.axes, self.palette, self.waited = axes, palette, waited
        self.clause, self.language = clause, language
        self.size, self.unit = unit_of(waited)

    def draw(self) -> None:
        self._curve()
        self._limit()
        self._target()
        self._at_limit()
        self._frame()

    def _curve(self) -> None:
        """Blue up to the limit, orange beyond it: whoever is there waited too long."""
        edge, limit = self.waited.edge, self.waited.limit
        points = [(0, Fraction(0)), *zip(self.waited.seconds, self.waited.shares, strict=True)]
        inside = [point for point in points if point[0] <= (edge if limit is None else limit)]
        beyond = [inside[-1], *(p for p in points if inside[-1][0] < p[0] <= edge)]
        if limit is not None:
            at_limit = (limit, inside[-1][1])
            inside, beyond = [*inside, at_limit], [at_limit, *beyond[1:]]
        self._steps(inside, self.palette.accent, fill=True)
        is_over = len(beyond) > 1 or self.waited.beyond > 0
        color = self.palette.alert if is_over else self.palette.rule
        self._steps([*beyond, (edge, beyond[-1][1])], color, fill=False)

    def _steps(self, points: list[tuple[int, Fraction]], color: str, *, fill: bool) -> None:
        xs = [second / self.size for second, _ in points]
        ys = [float(share * 100) for _, share in points]
        self.axes.step(xs, ys, where="post", color=color, lw=1.7, zorder=3)
        if fill:
            self.axes.fill_between(xs, ys, step="post", color=color, alpha=0.1, lw=0)

    def _limit(self) -> None:
        if self.waited.limit is None:
            return
        x = self.waited.limit / self.size
        self.axes.axvline(x, color=self.palette.ink, lw=0.9, zorder=2)
        self.axes.annotate(
            self._say("limit", value=self._time(self.waited.limit)),
            (x, 0),
            xycoords=("data", "axes fraction"),
            xytext=(4, 4),
            textcoords="offset points",
            color=self.palette.ink,
            size=8,
            va="bottom",
        )

    def _target(self) -> None:
        if self.clause.metric is Metric.FIRST_RESPONSE_AVERAGE:
            return
        target = fraction(self.clause.target, f"{self.clause.id}.target")
        y = float(target * 100)
        self.axes.axhline(y, color=self.palette.ink, lw=0.9, ls=(0, (4, 2.5)), zorder=2)
        self.axes.annotate(
            self._say("target", value=_percent(target)),
            (1, y),
            xycoords=("axes fraction", "data"),
            xytext=(4, 0),
            textcoords="offset points",
            color=self.palette.ink,
            size=8,
            va="center",
            annotation_clip=False,
        )

    def _at_limit(self) -> None:
        limit, share = self.waited.limit, self.waited.at_limit
        if limit is None or share is None:
            return
        target = fraction(self.clause.target, f"{self.clause.id}.target")
        is_bad = self.clause.metric is not Metric.FIRST_RESPONSE_AVERAGE and share < target
        color = self.palette.alert if is_bad else self.palette.accent
        point = (limit / self.size, float(share * 100))
        self.axes.scatter(
            point[0],
            point[1],
            s=42,
            marker="D" if is_bad else "o",
            color=color,
            edgecolor=self.palette.ground,
            linewidth=1,
            zorder=5,
        )
        self.axes.annotate(
            self._say("at_limit", share=_percent(share), time=self._time(limit)),
            point,
            xytext=(9, -7),
            textcoords="offset points",
            color=color,
            size=9,
            weight="bold",
            va="top",
            bbox={"facecolor": self.palette.ground, "edgecolor": "none", "pad": 1.5, "alpha": 0.9},
            zorder=6,
        )

    def _frame(self) -> None:
        from matplotlib.ticker import MaxNLocator, PercentFormatter

        edge = self.waited.edge / self.size
        self.axes.set_xlim(0, edge)
        self.axes.set_ylim(0, 104)
        self.axes.set_yticks([0, 20, 40, 60, 80, 100])
        self.axes.yaxis.set_major_formatter(PercentFormatter(decimals=0))
        self.axes.xaxis.set_major_locator(MaxNLocator(8, steps=[1, 1.5, 2, 3, 5, 6, 10]))
        self.axes.grid(axis="y", color=self.palette.rule, lw=0.5)
        self.axes.set_axisbelow(True)
        self.axes.spines["left"].set_visible(False)
        self.axes.tick_params(axis="x", labelsize=8)
        label = self._say(f"axis_{self.unit}")
        if self.waited.beyond:
            rest = self._say("beyond", count=self.waited.beyond, time=self._time(self.waited.edge))
            label = f"{label}{rest}"
        self.axes.set_xlabel(label, size=8, labelpad=3)

    def _time(self, seconds: int) -> str:
        amount = decimal_text(Fraction(seconds, self.size), 1)
        return self._say(self.unit, n=amount)

    def _say(self, key: str, **values: object) -> str:
        return text("figures", key, self.language, **values)


def _percent(share: Fraction) -> str:
    """Two decimals, cut: 94.998 % never reads as 95 %."""
    return f"{decimal_text(share * 100, 2).rstrip('…')}%"


def _limit_seconds(within: object) -> int | None:
    if not isinstance(within, Duration) or not isinstance(within.unit, TimeUnit):
        return None
    length = MILLISECONDS.get(within.unit)
    return None if length is None or not isinstance(within.n, int) else within.n * length // 1000


def _edge(histogram: list[tuple[int, int]], limit: int | None, timed: int) -> int:
    """Where the axis ends: at the slowest, but not so far that the limit gets lost."""
    if not histogram:
        return limit * 2 if limit else 60
    slowest = histogram[-1][0]
    if limit is None:
        return max(slowest, 1)
    within, so_far = slowest, 0
    for second, count in histogram:
        so_far += count
        if so_far * 100 >= timed * 99:
            within = second
            break
    # Whole multiples of the limit, so that the axis ends at a number people know.
    return min(max(-(-within // limit), 2), 6) * limit
