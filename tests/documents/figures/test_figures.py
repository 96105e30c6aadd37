"""Figures: what they show, that they are the same every time, and that they leave no trace."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.terms.clauses.service_level import Comparator, Metric, ServiceLevel
from pactdesk.core.units.periods import Period
from pactdesk.documents.figures.canvas import FigureFormat, Theme
from pactdesk.documents.figures.daily_level import daily_level_figure
from pactdesk.documents.figures.days import (
    Openness,
    closed_runs,
    daily_levels,
    holiday_names,
    is_missed,
    off_volume,
    stretches,
)
from pactdesk.documents.figures.response_times import response_time_figure, waits
from pactdesk.documents.fonts import FontsMissing, font_paths
from pactdesk.messages.catalogue import LANGUAGES, Language

OCTOBER = Period.month("2026-10")
LEVELS = [f"level-{number}" for number in range(1, 6)]


def _level(month: Any, clause: str) -> Any:
    return next(each for each in month.statement["levels"] if each["clause"] == clause)


def test_holidays_and_weekends_are_gaps_and_the_make_up_saturday_is_a_day(month: Any) -> None:
    clause = month.contract.clause("level-1")
    calendar = load_china()
    days = daily_levels(_level(month, "level-1"), clause, OCTOBER, calendar)
    kinds = {each.day.day: each.kind for each in days}
    assert kinds[1] is Openness.HOLIDAY
    assert kinds[10] is Openness.MAKE_UP
    assert kinds[11] is Openness.WEEKEND
    assert closed_runs(days) == ((1, 7), (11, 11), (17, 18), (24, 25), (31, 31))
    assert [run[0].day.day for run in stretches(days)] == [8, 12, 19, 26]
    assert holiday_names(days, calendar) == ((1, 7, "国庆节"),)


def test_a_few_cases_on_a_holiday_bend_nothing_but_are_counted(month: Any) -> None:
    level = _level(month, "level-1")
    some = {**level, "by_day": {**level["by_day"], "2026-10-03": [0, 2], "2026-10-18": [60, 80]}}
    days = daily_levels(some, month.contract.clause("level-1"), OCTOBER, load_china())
    assert days[2].is_off, "two cases on a holiday"
    assert not days[17].is_off, "a Sunday as busy as a workday"
    assert off_volume(days) == 2
    assert closed_runs(days)[0] == (1, 7)


def test_a_day_exactly_at_the_target_is_not_bad(month: Any) -> None:
    clause: ServiceLevel = month.contract.clause("level-1")
    at_most = clause.model_copy(update={"comparator": Comparator.AT_MOST})
    target = Fraction(19, 20)
    above, below = target + Fraction(1, 10**9), target - Fraction(1, 10**9)
    assert [is_missed(v, target, clause) for v in (below, target, above)] == [True, False, False]
    assert [is_missed(v, target, at_most) for v in (below, target, above)] == [False, False, True]


def test_the_share_at_the_limit_is_the_level(month: Any) -> None:
    level = _level(month, "level-1")
    waited = waits(level, month.contract.clause("level-1"))
    assert waited.limit == 30
    assert waited.at_limit == Fraction(level["value"])
    assert waited.beyond == sum(n for s, n in level["histogram"].items() if int(s) > waited.edge)


@given(st.dictionaries(st.integers(0, 5000), st.integers(1, 50), max_size=40))
def test_cumulative_shares_only_grow_and_the_axis_shows_the_limit(
    month: Any, histogram: dict[int, int]
) -> None:
    counted = sum(histogram.values())
    level = {
        "metric": str(Metric.FIRST_RESPONSE_SHARE),
        "denominator": counted,
        "histogram": {str(second): count for second, count in histogram.items()},
    }
    waited = waits(level, month.contract.clause("level-1"))
    assert list(waited.shares) == sorted(waited.shares)
    assert waited.limit is not None
    assert waited.edge > waited.limit
    if counted:
        within = sum(count for second, count in histogram.items() if second <= waited.limit)
        assert waited.at_limit == Fraction(within, counted)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("clause", LEVELS)
def test_every_level_can_be_drawn(month: Any, clause: str, theme: Theme) -> None:
    level, terms = _level(month, clause), month.contract.clause(clause)
    png = daily_level_figure(level, terms, period=OCTOBER, theme=theme, fmt="png", size=(4, 2))
    assert png.startswith(b"\x89PNG")
    if level["histogram"]:
        assert response_time_figure(level, terms, theme=theme, fmt="svg").startswith(b"<?xml")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_without_any_interaction_can_be_drawn(month: Any, language: Language) -> None:
    empty = {**_level(month, "level-1"), "by_day": {}, "histogram": {}, "denominator": 0}
    terms = month.contract.clause("level-1")
    assert daily_level_figure(empty, terms, period=OCTOBER, language=language)
    assert response_time_figure(empty, terms, language=language)


@pytest.mark.parametrize("fmt", ["svg", "png", "pdf"])
def test_the_same_level_gives_the_same_bytes(month: Any, fmt: FigureFormat) -> None:
    level, terms = _level(month, "level-1"), month.contract.clause("level-1")
    one, other = (daily_level_figure(level, terms, period=OCTOBER, fmt=fmt) for _ in range(2))
    assert one == other
    assert b"202" not in one.split(b"<defs>")[0] or fmt != "svg", "no date in the metadata"


def test_drawing_leaves_no_trace_at_home_and_says_nothing(month: Any, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    program = (
        "import json, sys\n"
        "from pactdesk.core.terms.text import contract_from_yaml\n"
        "from pactdesk.documents.figures.response_times import response_time_figure\n"
        "level, terms = json.load(sys.stdin)\n"
        "clause = contract_from_yaml(terms).clause('level-1')\n"
        "print(len(response_time_figure(level, clause)))\n"
    )
    from pactdesk.core.terms.text import contract_to_yaml

    given = json.dumps([_level(month, "level-1"), contract_to_yaml(month.contract)])
    kept = {k: v for k, v in os.environ.items() if k not in ("MPLCONFIGDIR", "XDG_CACHE_HOME")}
    environ = {**kept, "HOME": str(home), "PACTDESK_CACHE": str(font_paths().folder.parents[1])}
    command = [sys.executable, "-W", "error", "-c", program]
    run = subprocess.run(
        command, input=given, env=environ, capture_output=True, text=True, check=True
    )
    assert int(run.stdout) > 1000
    assert run.stderr == ""
    assert list(home.iterdir()) == []


def test_without_fonts_it_is_said_how_to_get_them(
    month: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pactdesk.documents.figures import canvas

    for where in ("PACTDESK_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.setenv(where, str(tmp_path))
    canvas._prepare.cache_clear()
    with pytest.raises(FontsMissing):
        response_time_figure(_level(month, "level-1"), month.contract.clause("level-1"))
    monkeypatch.undo()
