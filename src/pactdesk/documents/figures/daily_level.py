"""A level day by day against its target: bad days stand out, closed days are gaps."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pactdesk.core.terms.base import fraction
from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.units.exact import decimal_text
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.documents.figures.canvas import FigureFormat, Palette, Theme, drawn
from pactdesk.documents.figures.days import (
    DayLevel,
    Openness,
    closed_runs,
    daily_levels,
    holiday_names,
    off_volume,
    stretches,
)
from pactdesk.messages.catalogue import Language, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_VOLUME_SHARE = 0.2
"""How much of the height the bars of volume may take."""

_LABELLED = 6


def daily_level_figure(
    level: Mapping[str, Any],
    clause: ServiceLevel,
    *,
    period: Period,
    calendar: WorkCalendar | None = None,
    language: Language = "zh",
    theme: Theme = "light",
    fmt: FigureFormat = "svg",
    size: tuple[float, float] = (7.2, 2.7),
) -> bytes:
    """The figure of one level.

    level     in the plain form of a statement
    calendar  names holidays and make-up days; without it they are only gaps and days
    size      in inches
    raises    FontsMissing
    """
    days = daily_levels(level, clause, period, calendar)

    def draw(axes: Axes, palette: Palette) -> None:
        _DailyLevel(axes, palette, days, clause, language).draw(calendar)

    return drawn(draw, size=size, theme=theme, fmt=fmt)


class _DailyLevel:
    def __init__(
        self,
        axes: Axes,
        palette: Palette,
        days: tuple[DayLevel, ...],
        clause: ServiceLevel,
        language: Language,
    ) -> None:
        self.axes, self.palette, self.days = axes, palette, days
        self.clause, self.language = clause, language
        self.is_share = clause.metric is not Metric.FIRST_RESPONSE_AVERAGE
        self.target = self._scaled(fraction(clause.target, f"{clause.id}.target"))

    def draw(self, calendar: WorkCalendar | None) -> None:
        low, high = self._limits()
        self.axes.set_ylim(low, high)
        self.axes.set_xlim(0.3, len(self.days) + 0.7)
        self._closed_days(calendar)
        self._volume(low, high)
        self._target()
        self._values()
        self._bad_days()
        self._make_up_days()
        self._frame()

    def _scaled(self, value: Fraction) -> float:
        return float(value * 100 if self.is_share else value)

    def _points(self) -> list[float]:
        working = [each for each in self.days if not each.is_off]
        return [self._scaled(each.value) for each in working if each.value is not None]

    def _limits(self) -> tuple[float, float]:
        values = [*self._points(), self.target]
        if not self.is_share:
            return 0.0, max(values) * 1.18
        lowest, span = min(values), max(100 - min(values), 0.6)
        # Room below for the bars of volume, and above for a label at 100 %.
        return lowest - span * 0.55, 100 + span * 0.06

    def _closed_days(self, calendar: WorkCalendar | None) -> None:
        for first, last in closed_runs(self.days):
            self.axes.axvspan(first - 0.5, last + 0.5, color=self.palette.wash, lw=0, zorder=0)
        for first, last, name in holiday_names(self.days, calendar):
            said = name if self.language == "zh" else self._say("holiday")
            self.axes.annotate(
                said,
                ((first + last) / 2, 0.5),
                xycoords=("data", "axes fraction"),
                color=self.palette.quiet,
                size=8,
                ha="center",
                va="center",
            )

    def _volume(self, low: float, high: float) -> None:
        """Bars on the foot of the figure, on a scale of their own."""
        counted = self.clause.metric is not Metric.AVAILABILITY
        most = max((each.volume for each in self.days), default=0)
        if not counted or not most:
            return
        room = (high - low) * _VOLUME_SHARE
        for each in self.days:
            height = room * each.volume / most
            self.axes.bar(
                each.day.day, height, bottom=low, width=0.62, color=self.palette.rule, zorder=1
            )

    def _target(self) -> None:
        self.axes.axhline(self.target, color=self.palette.ink, lw=0.9, ls=(0, (4, 2.5)), zorder=2)
        self.axes.annotate(
            self._say("target", value=self._text(self.target)),
            (1, self.target),
            xycoords=("axes fraction", "data"),
            xytext=(4, 0),
            textcoords="offset points",
            color=self.palette.ink,
            size=8,
            va="center",
            annotation_clip=False,
        )

    def _values(self) -> None:
        for run in stretches(self.days):
            xs = [each.day.day for each in run]
            ys = [self._scaled(each.value or Fraction(0)) for each in run]
            self.axes.plot(xs, ys, color=self.palette.accent, lw=1.3, alpha=0.55, zorder=3)
        good = [each for each in self.days if not each.is_off and not each.is_bad]
        self._marks(good, self.palette.accent, "o", 18)

    def _bad_days(self) -> None:
        from matplotlib.patheffects import withStroke

        bad = [each for each in self.days if each.is_bad and not each.is_off]
        self._marks(bad, self.palette.alert, "D", 26)
        distance = {
            each: abs(self._scaled(each.value or Fraction(0)) - self.target) for each in bad
        }
        farthest = sorted(bad, key=lambda each: (-distance[each], each.day))[:_LABELLED]
        below = self.clause.comparator == "at_least"
        for each in farthest:
            self.axes.annotate(
                self._text(self._scaled(each.value or Fraction(0))),
                (each.day.day, self._scaled(each.value or Fraction(0))),
                xytext=(0, -6 if below else 6),
                textcoords="offset points",
                color=self.palette.alert,
                size=7.5,
                weight="bold",
                ha="center",
                va="top" if below else "bottom",
                path_effects=[withStroke(linewidth=2.5, foreground=self.palette.ground)],
                zorder=5,
            )

    def _marks(self, days: list[DayLevel], color: str, marker: str, area: float) -> None:
        self.axes.scatter(
            [each.day.day for each in days],
            [self._scaled(each.value or Fraction(0)) for each in days],
            s=area,
            color=color,
            marker=marker,
            edgecolor=self.palette.ground,
            linewidth=0.8,
            zorder=4,
        )

    def _make_up_days(self) -> None:
        """A Saturday or Sunday that was worked carries its name at the foot."""
        for each in self.days:
            if each.kind is Openness.MAKE_UP:
                self.axes.annotate(
                    self._say("make_up"),
                    (each.day.day, 0),
                    xycoords=("data", "axes fraction"),
                    xytext=(0, -16),
                    textcoords="offset points",
                    color=self.palette.accent,
                    size=7,
                    ha="center",
                    va="top",
                    annotation_clip=False,
                )

    def _frame(self) -> None:
        from matplotlib.ticker import FuncFormatter

        shown = {1, *range(5, len(self.days) + 1, 5)}
        shown |= {each.day.day for each in self.days if each.kind is Openness.MAKE_UP}
        self.axes.set_xticks(sorted(shown))
        self.axes.tick_params(axis="x", labelsize=8)
        self.axes.set_yticks(self._ticks())
        self.axes.yaxis.set_major_formatter(FuncFormatter(self._tick))
        self.axes.grid(axis="y", color=self.palette.rule, lw=0.5, zorder=0)
        self.axes.set_axisbelow(True)
        self.axes.spines["left"].set_visible(False)
        rest = off_volume(self.days)
        if rest and self.clause.metric is not Metric.AVAILABILITY:
            self.axes.set_xlabel(self._say("off_days", count=rest), size=7.5, labelpad=14)

    def _ticks(self) -> list[float]:
        """None below the values: the foot belongs to the bars, which have no scale."""
        from matplotlib.ticker import MaxNLocator

        low, high = self.axes.get_ylim()
        foot = low + (high - low) * _VOLUME_SHARE if self.is_share else low
        steps = MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]).tick_values(foot, high)
        most = 100 if self.is_share else high
        return [float(each) for each in steps if foot <= each <= most]

    def _tick(self, value: float, _position: int) -> str:
        return self._text(value)

    def _text(self, value: float) -> str:
        """One decimal, cut: 94.98 never reads as the target 95.0."""
        cut = decimal_text(Fraction(value).limit_denominator(10**9), 1).rstrip("…")
        return f"{cut}%" if self.is_share else self._say("seconds", n=cut)

    def _say(self, key: str, **values: object) -> str:
        return text("figures", key, self.language, **values)
