"""Plots where people would rather look: day by day against the target, waits against the limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pactdesk.cli.language import LANGUAGE
from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.measure.level import Level
from pactdesk.core.settle.assessment import Assessed
from pactdesk.core.settle.level_form import level_to_plain
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.documents.figures.terminal import (
    Terminal,
    terminal_daily_level,
    terminal_response_times,
)


def plot_files(
    contract: Contract, levels: Sequence[Level], period: Period, calendar: WorkCalendar
) -> Iterator[tuple[str, bytes]]:
    """(file name, SVG) of every level that has days, and of every one with times and a limit."""
    # Drawing needs half a second of imports; a table does not.
    from pactdesk.documents.figures.daily_level import daily_level_figure
    from pactdesk.documents.figures.response_times import response_time_figure

    for level in levels:
        plain, clause = level_to_plain(level), _clause(level, contract)
        if level.by_day:
            yield (
                f"{clause.id}-daily.svg",
                daily_level_figure(
                    plain, clause, period=period, calendar=calendar, language=LANGUAGE
                ),
            )
        if _has_times(level, clause):
            image = response_time_figure(plain, clause, language=LANGUAGE)
            yield f"{clause.id}-times.svg", image


def terminal_plots(
    contract: Contract,
    levels: Sequence[Level],
    assessed: Sequence[Assessed],
    period: Period,
    calendar: WorkCalendar,
    terminal: Terminal,
) -> Iterator[str]:
    """The level that matters most, day by day; and its waits, where it has a limit."""
    level = _most_telling(levels, assessed)
    if level is None:
        return
    plain, clause = level_to_plain(level), _clause(level, contract)
    yield terminal_daily_level(
        plain, contract, period=period, calendar=calendar, language=LANGUAGE, terminal=terminal
    )
    if _has_times(level, clause):
        yield terminal_response_times(plain, contract, language=LANGUAGE, terminal=terminal)


def _most_telling(levels: Sequence[Level], assessed: Sequence[Assessed]) -> Level | None:
    """The first that was missed, else the first; only those with days to show."""
    missed = {each.clause for each in assessed if each.verdict is Verdict.MISSED}
    shown = [level for level in levels if level.by_day]
    return next((each for each in shown if each.clause_id in missed), next(iter(shown), None))


def _has_times(level: Level, clause: ServiceLevel) -> bool:
    return bool(level.histogram) and clause.within is not None


def _clause(level: Level, contract: Contract) -> ServiceLevel:
    clause = contract.clause(level.clause_id)
    assert isinstance(clause, ServiceLevel)  # noqa: S101 - levels come from nothing else
    return clause
