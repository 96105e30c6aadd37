"""The same two figures in a terminal: shapes tell what colours tell, so both may be absent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pactdesk.core.terms.base import fraction
from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import month_text
from pactdesk.documents.figures.days import DayLevel, daily_levels, is_missed, off_volume
from pactdesk.documents.figures.response_times import unit_of, waits
from pactdesk.messages.catalogue import Language, text

_BARS = "▁▂▃▄▅▆▇"
_SMALLEST = (32, 10)
_WHITE_GROUND = "\x1b[48;5;15m"


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where it is shown: `width` and `height` in characters, the lines of words not counted."""

    width: int = 78
    height: int = 15
    color: bool = True


def terminal_daily_level(
    level: Mapping[str, Any],
    contract: Contract,
    *,
    period: Period,
    calendar: WorkCalendar | None = None,
    language: Language = "zh",
    terminal: Terminal = Terminal(),
) -> str:
    """A level day by day: ● met, x missed, gaps where the desk was closed, bars for volume."""
    names = Names(contract, language)
    clause = _clause(level, contract)
    days = daily_levels(level, clause, period, calendar)
    target = fraction(clause.target, f"{clause.id}.target")
    working = tuple(each for each in days if not each.is_off)
    plot = _Plot(terminal, low=_low(working, clause, target), high=_high(working, clause, target))
    plot.across(1, len(days))
    plot.level_line(_scaled(target, clause))
    plot.volume(days)
    good = [(each.day.day, each.value) for each in working if not each.is_bad]
    bad = [(each.day.day, each.value) for each in working if each.is_bad]
    plot.points([(x, _scaled(y, clause)) for x, y in good if y is not None], "●", "blue")
    plot.points([(x, _scaled(y, clause)) for x, y in bad if y is not None], "x", "orange")
    plot.ticks_x([(day, str(day)) for day in (1, *range(5, len(days) + 1, 5))])
    shown = {_scaled(target, clause), *(_scaled(e.value, clause) for e in working if e.value)}
    plot.ticks_y(
        [(y, _tick(y, clause)) for y in _spread(shown, _scaled(target, clause), terminal.height)]
    )
    head = text(
        "figures",
        "terminal_daily",
        language,
        level=names.level(clause.id),
        month=month_text(str(period), language),
        target=names.target(clause.id, target),
    )
    lines = [head, plot.built(), text("figures", "legend_daily", language)]
    rest = off_volume(days)
    if rest and clause.metric is not Metric.AVAILABILITY:
        lines.append(text("figures", "off_days", language, count=rest))
    return "\n".join((*lines, _bad_days(working, names)))


def terminal_response_times(
    level: Mapping[str, Any],
    contract: Contract,
    *,
    language: Language = "zh",
    terminal: Terminal = Terminal(),
) -> str:
    """The share of responses within each time, with the limit and the target as lines."""
    names = Names(contract, language)
    clause = _clause(level, contract)
    waited = waits(level, clause)
    size, unit = unit_of(waited)
    low = _foot(clause)
    plot = _Plot(terminal, low=low, high=102)
    plot.across(0, waited.edge / size)
    ticks = [(0.0, "0"), (waited.edge / size, f"{waited.edge / size:g}")]
    if clause.metric is not Metric.FIRST_RESPONSE_AVERAGE:
        target = float(fraction(clause.target, f"{clause.id}.target") * 100)
        plot.level_line(target)
        plot.ticks_y([(low, f"{low:g}%"), (target, f"{target:g}%")])
    else:
        plot.ticks_y([(low, f"{low:g}%"), (50, "50%"), (100, "100%")])
    if waited.limit is not None:
        plot.upright_line(waited.limit / size)
        ticks.insert(1, (waited.limit / size, f"{waited.limit / size:g}"))
    curve = zip(waited.seconds, waited.shares, strict=True)
    shown = [(s / size, float(share * 100)) for s, share in curve if s <= waited.edge]
    plot.points([point for point in shown if point[1] >= low], "•", "blue")
    if waited.limit is not None and waited.at_limit is not None and _is_share(clause):
        is_bad = is_missed(waited.at_limit, fraction(clause.target), clause)
        point = (waited.limit / size, max(low, float(waited.at_limit * 100)))
        plot.points([point], *(("x", "orange") if is_bad else ("●", "blue")))
    plot.ticks_x(ticks)
    head = text("figures", "terminal_waits", language, level=names.level(clause.id))
    axis = text("figures", f"axis_{unit}", language)
    if waited.beyond:
        edge = text("figures", unit, language, n=f"{waited.edge / size:g}")
        axis += text("figures", "beyond", language, count=waited.beyond, time=edge)
    lines = [head, plot.built(), axis, text("figures", "legend_waits", language)]
    if waited.at_limit is not None and waited.limit is not None:
        share = names.level_value(clause, waited.at_limit, 2) if _is_share(clause) else None
        limit = text("figures", unit, language, n=f"{waited.limit / size:g}")
        if share is not None:
            lines.append(text("figures", "at_limit", language, share=share, time=limit))
    return "\n".join(lines)


class _Plot:
    """plotext's one figure, cleared and set for us."""

    def __init__(self, terminal: Terminal, *, low: float, high: float) -> None:
        import plotext  # slow, and only needed here

        self.terminal, self.low = terminal, low
        self.plotext, self.figure = plotext, plotext.figure
        self.figure.clear()
        self.figure.theme("simple" if terminal.color else "colorless")
        width, height = max(terminal.width, _SMALLEST[0]), max(terminal.height, _SMALLEST[1])
        # The caller knows how wide it is shown; a pipe has no width of its own.
        plotext.terminal.limit(False, False)
        self.figure.plot_size(width, height)
        self.figure.ruler("y").lim(low, high)

    def across(self, first: float, last: float) -> None:
        self.figure.ruler("x").lim(first - 0.5 if first else 0, last + 0.5)

    def points(self, points: Iterable[tuple[float, float]], symbol: str, color: str) -> None:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if xs:
            marker = self._marker(symbol, color)
            self.figure.draw(self.figure.signal(xs, ys, marker=marker))

    def volume(self, days: tuple[DayLevel, ...]) -> None:
        """One bar a day on the lowest row."""
        most = max((each.volume for each in days), default=0)
        for each in days:
            if each.volume:
                bar = _BARS[(each.volume * len(_BARS) - 1) // most]
                self.points([(each.day.day, self.low)], bar, "gray")

    def level_line(self, y: float) -> None:
        self.figure.line(y, "horizontal", pixel=self._pixel("gray"))

    def upright_line(self, x: float) -> None:
        self.figure.line(x, "vertical", pixel=self._pixel("gray"))

    def ticks_x(self, ticks: list[tuple[float, str]]) -> None:
        self.figure.ruler("x").ticks([x for x, _ in ticks], [said for _, said in ticks])

    def ticks_y(self, ticks: list[tuple[float, str]]) -> None:
        self.figure.ruler("y").ticks([y for y, _ in ticks], [said for _, said in ticks])

    def built(self) -> str:
        # A line brings a white ground along, which glares in a dark terminal.
        drawn = str(self.figure.build()).replace(_WHITE_GROUND, "")
        if not self.terminal.color:
            drawn = self.plotext.uncolorize(drawn)
        return "\n".join(line.rstrip() for line in drawn.rstrip("\n").split("\n"))

    def _marker(self, symbol: str, color: str) -> Any:
        if not self.terminal.color:
            return self.plotext.marker(symbol)
        return self.plotext.marker(symbol, pixel=self._pixel(color))

    def _pixel(self, color: str) -> Any:
        return self.plotext.pixel(color) if self.terminal.color else self.plotext.pixel()


def _bad_days(days: tuple[DayLevel, ...], names: Names) -> str:
    said = [
        text("figures", "bad_day", names.language, day=each.day.day, value=_day_value(each, names))
        for each in days
        if each.is_bad
    ]
    if not said:
        return text("figures", "no_bad_days", names.language)
    return text("figures", "bad_days", names.language, days=said)


def _day_value(each: DayLevel, names: Names) -> str:
    assert each.value is not None  # noqa: S101 - a bad day has one
    if each.value > 1:
        return text("figures", "seconds", names.language, n=_cut(float(each.value)))
    return f"{_cut(float(each.value * 100))}%"


def _clause(level: Mapping[str, Any], contract: Contract) -> ServiceLevel:
    clause = contract.clause(level["clause"])
    assert isinstance(clause, ServiceLevel)  # noqa: S101 - only levels are measured
    return clause


def _foot(clause: ServiceLevel) -> float:
    """Where the axis begins: a target of 95 % needs rows of two percent to be told from 91 %."""
    if not _is_share(clause):
        return 0.0
    target = float(fraction(clause.target, f"{clause.id}.target") * 100)
    return max(0.0, (100 - 6 * (100 - target)) // 10 * 10)


def _is_share(clause: ServiceLevel) -> bool:
    return clause.metric is not Metric.FIRST_RESPONSE_AVERAGE


def _scaled(value: Fraction, clause: ServiceLevel) -> float:
    return float(value * 100) if _is_share(clause) else float(value)


def _values(days: tuple[DayLevel, ...], clause: ServiceLevel, target: Fraction) -> list[float]:
    values = [_scaled(each.value, clause) for each in days if each.value is not None]
    return [*values, _scaled(target, clause)]


def _low(days: tuple[DayLevel, ...], clause: ServiceLevel, target: Fraction) -> float:
    """Below every value there is a row left for the bars."""
    if not _is_share(clause):
        return 0.0
    lowest = min(_values(days, clause, target))
    return lowest - max(100 - lowest, 1) * 0.25


def _high(days: tuple[DayLevel, ...], clause: ServiceLevel, target: Fraction) -> float:
    highest = max(_values(days, clause, target))
    return max(highest, 100) if _is_share(clause) else highest * 1.1


def _tick(y: float, clause: ServiceLevel) -> str:
    return f"{_cut(y)}%" if _is_share(clause) else _cut(y)


def _cut(value: float) -> str:
    """One decimal, cut and not rounded: 94.98 never reads as 95."""
    return f"{int(value * 10 + 1e-9) / 10:g}"


def _spread(values: set[float], target: float, rows: int) -> list[float]:
    """The target, the ends, and nothing so near to another that two share a row."""
    room = (max(values) - min(values)) / max(rows - 4, 1)
    kept = [target]
    for value in (max(values), min(values), (max(values) + min(values)) / 2):
        if all(abs(value - other) > 1.5 * room for other in kept):
            kept.append(value)
    return sorted(kept)
