"""`pactdesk backtest`: the same facts, other terms."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pactdesk.core.facts.fact import Fact, RecordedFact
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_to_yaml
from pactdesk.gateways.filelog import FileLog
from tests.support.contracts import agreement, amend, change, fixed_fee, level, per_point
from tests.support.facts import Book

Run = Callable[..., Any]


def chats(month: str, good: int, late: int) -> Book:
    book = Book()
    for n in range(good + late):
        at = f"{month}-15 10:{n:02}"
        book.asked(f"{month}-{n}", f"{at}:00", f"{at}:{'20' if n < good else '50'}")
    return book


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A log with a good September and a bad October, and three terms files."""
    log = FileLog.create(tmp_path / "log", "c-1", "Asia/Shanghai")
    for month, late in (("2026-09", 0), ("2026-10", 2)):
        facts = chats(month, 10, late).facts
        log.append((_named(each, month) for each in facts), facts[0].recorded_at)
    told = agreement(fixed_fee("10000.00"), level(), per_point(rate="0.02"))
    milder = agreement(fixed_fee("9000.00"), level(), per_point(rate="0.01"))
    silent = amend(told, "2026-10-16", change(level(target="0.95")))
    for name, contract in (("told", told), ("milder", milder), ("silent", silent)):
        _write(tmp_path / f"{name}.yaml", contract)
    return tmp_path


def _named(recorded: RecordedFact, month: str) -> Fact:
    return replace(recorded.fact, event_id=f"{month}-{recorded.fact.event_id}")


def _write(path: Path, contract: Contract) -> None:
    path.write_text(contract_to_yaml(contract), "utf-8")


def _asked(folder: Path, *names: str) -> list[str]:
    files = [part for name in names for part in ("--terms", str(folder / f"{name}.yaml"))]
    return ["backtest", *files, "--facts", str(folder / "log")]


def test_each_version_is_settled_month_by_month_and_line_by_line(run: Run, folder: Path) -> None:
    # October: 10 of 12 is 0.8333, six full points. 12 % of 10,000; 6 % of 9,000.
    ran = run(*_asked(folder, "told", "milder"), "--json")
    assert ran.code == 0
    told = json.loads(ran.out)
    assert told["versions"] == ["told", "milder"]
    assert [each["total_fen"] for each in told["months"]] == [
        {"told": 1_000_000, "milder": 900_000},
        {"told": 880_000, "milder": 846_000},
    ]
    assert told["months"][1]["lines"][1] == {
        "kind": "deduction",
        "clause": "deduction-1",
        "amount_fen": {"told": -120_000, "milder": -54_000},
    }
    assert told["total_fen"] == {"told": 1_880_000, "milder": 1_746_000}


def test_the_table_shows_the_difference_and_the_plot_both_versions(run: Run, folder: Path) -> None:
    ran = run(*_asked(folder, "told", "milder"), "--from", "2026-10")
    assert "2026-09" not in ran.out
    assert "-340.00" in ran.out  # 8,460 − 8,800
    assert "█" in ran.out
    assert "▒" in ran.out


def test_the_figures_are_written_and_are_the_same_every_time(run: Run, folder: Path) -> None:
    for place in ("one", "two"):
        assert run(*_asked(folder, "told", "milder"), "--plot", folder / place).code == 0
    for name in ("backtest.svg", "backtest.png"):
        assert (folder / "one" / name).read_bytes() == (folder / "two" / name).read_bytes()


def test_a_month_that_a_version_refuses_says_why_and_stops_nothing(run: Run, folder: Path) -> None:
    ran = run(*_asked(folder, "told", "silent"))
    assert ran.code == 1
    assert "level-1" in ran.out
    assert "weighted" in ran.out
    assert "8,800.00" in ran.out


def test_months_in_the_wrong_order_and_an_empty_log_are_told(run: Run, folder: Path) -> None:
    wrong = run(*_asked(folder, "told"), "--from", "2026-10", "--to", "2026-09")
    assert wrong.code == 2
    assert "2026-10" in wrong.err
    FileLog.create(folder / "empty", "c-1", "Asia/Shanghai")
    empty = run("backtest", "--terms", folder / "told.yaml", "--facts", folder / "empty")
    assert empty.code == 2
    assert "--from" in empty.err
