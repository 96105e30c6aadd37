"""Figures in a terminal: readable without colour, as wide as asked for."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.units.periods import Period
from pactdesk.documents.figures.terminal import (
    Terminal,
    terminal_daily_level,
    terminal_response_times,
)
from pactdesk.messages.catalogue import LANGUAGES, Language

OCTOBER = Period.month("2026-10")
PLAIN = Terminal(70, 14, color=False)


def _level(month: Any, clause: str) -> Any:
    return next(each for each in month.statement["levels"] if each["clause"] == clause)


def _plot(shown: str) -> list[str]:
    return [line for line in shown.split("\n") if line.strip() and line.strip()[-1] in "│┤┐┘"]


def test_without_colour_bad_days_are_still_told_apart(month: Any) -> None:
    shown = terminal_daily_level(
        _level(month, "level-1"),
        month.contract,
        period=OCTOBER,
        calendar=load_china(),
        terminal=PLAIN,
    )
    assert "\x1b" not in shown
    plot = "\n".join(_plot(shown))
    assert plot.count("x") == 10
    assert plot.count("●") == 8
    assert "27 日 68.2%" in shown
    assert shown.startswith("首次响应及时率　2026 年 10 月　目标 ≥ 95%")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("clause", ["level-1", "level-2", "level-5"])
def test_it_is_as_wide_and_high_as_asked(month: Any, clause: str, language: Language) -> None:
    level = _level(month, clause)
    for terminal in (PLAIN, Terminal(100, 20, color=False)):
        daily = terminal_daily_level(
            level, month.contract, period=OCTOBER, language=language, terminal=terminal
        )
        times = terminal_response_times(level, month.contract, language=language, terminal=terminal)
        for shown in (daily, times):
            plot = _plot(shown)
            assert {len(line) for line in plot} == {terminal.width}
            assert len(plot) == terminal.height - 1, "the last row holds the numbers of the axis"


def test_colour_is_there_when_wanted_and_has_no_ground(month: Any) -> None:
    shown = terminal_response_times(_level(month, "level-1"), month.contract)
    assert "\x1b[38;5;4m" in shown
    assert "\x1b[48" not in shown


def test_the_share_at_the_limit_is_said(month: Any) -> None:
    shown = terminal_response_times(_level(month, "level-1"), month.contract, terminal=PLAIN)
    assert shown.endswith("30 秒内 90.78…%")


def test_a_month_without_any_interaction_can_be_shown(month: Any) -> None:
    empty = {**_level(month, "level-1"), "by_day": {}, "histogram": {}, "denominator": 0}
    daily = terminal_daily_level(empty, month.contract, period=OCTOBER, terminal=PLAIN)
    assert "没有未达标的日子" in daily
    assert terminal_response_times(empty, month.contract, terminal=PLAIN)
