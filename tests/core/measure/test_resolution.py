"""Resolution (B11) and calls answered (PRACTICE, F1-F4)."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.measure.level import Level
from tests.support.contracts import agreement, always, level, measured_level
from tests.support.facts import Book


def resolved_within(book: Book, hours: int = 8, **more: Any) -> Level:
    terms = level("resolution_share", within={"n": hours, "unit": "h"}, **more)
    return measured_level(agreement(terms), book.facts)


def ticket(name: str, when: str, resolved: str | None = None) -> Book:
    return Book().asked(name, when, resolved, metric="resolution", channel="ticket")


@pytest.mark.requirement("B11", "B9")
@pytest.mark.parametrize(
    ("opened", "resolved", "met"),
    [
        ("2026-10-08 10:00:00", "2026-10-09 10:30:00", True),  # 8 h over the night and lunch
        ("2026-10-08 10:00:00", "2026-10-09 10:30:00.001", False),
        ("2026-10-09 17:00:00", "2026-10-10 17:30:00", True),  # the Saturday is worked: 1 h + 7 h
        ("2026-10-09 17:00:00", "2026-10-10 17:30:01", False),
        ("2026-10-16 17:00:00", "2026-10-19 16:30:00", True),  # this one is not: 1 h + 6 h
    ],
)
def test_a_case_is_resolved_within_its_service_hours(opened: str, resolved: str, met: bool) -> None:
    assert resolved_within(ticket("t-1", opened, resolved)).numerator == int(met)


@pytest.mark.requirement("B11")
def test_waiting_for_the_customer_stops_the_clock_and_has_a_reason() -> None:
    book = ticket("t-1", "2026-10-08 10:00", "2026-10-09 16:00")
    book.clock("t-1", "resolution", "pause", "2026-10-08 11:00")
    book.clock("t-1", "resolution", "resume", "2026-10-09 10:00")
    assert resolved_within(book, hours=6).numerator == 1
    assert resolved_within(book, hours=5).missed == ("t-1",)


def test_a_reopened_case_runs_on_from_where_it_stood() -> None:
    book = ticket("t-1", "2026-10-12 09:00", "2026-10-12 11:00")
    book.clock("t-1", "resolution", "activate", "2026-10-14 09:00")
    assert resolved_within(book, hours=8).missed == ("t-1",)
    book.clock("t-1", "resolution", "fulfil", "2026-10-14 10:00")
    assert resolved_within(book, hours=3).numerator == 1
    assert resolved_within(book, hours=2).missed == ("t-1",)


def test_a_case_closed_unresolved_is_a_miss_and_one_abandoned_is_taken_out() -> None:
    closed = ticket("t-1", "2026-10-12 09:00").closed("t-1", "2026-10-12 09:05")
    assert resolved_within(closed).missed == ("t-1",)
    left = ticket("t-1", "2026-10-12 09:00").abandoned("t-1", "2026-10-12 09:05")
    assert dict(resolved_within(left).excluded) == {"abandoned": 1}


def test_the_resolution_rate_asks_whether_and_not_when() -> None:
    book = ticket("t-1", "2026-10-12 09:00", "2026-10-30 09:00")
    for name in ("t-2", "t-3", "t-4"):
        book.asked(name, "2026-10-13 09:00", metric="resolution", channel="ticket")
    book.closed("t-2", "2026-10-14 09:00").abandoned("t-3", "2026-10-14 09:00")
    told = measured_level(agreement(level("resolution_rate")), book.facts)
    assert (told.numerator, told.denominator, told.carried) == (1, 2, 1)
    assert (told.missed, dict(told.excluded)) == (("t-2",), {"abandoned": 1})


CALLS = [  # answered ≤ 20 s twice, later once; left within 20 s once, later twice; one waits
    ("fast-1", "answered", 3), ("fast-2", "answered", 20), ("slow-1", "answered", 21),
    ("quick-1", "abandoned", 20), ("patient-1", "abandoned", 21), ("patient-2", "abandoned", 90),
    ("waits", None, 0),
]  # fmt: skip


def calls(formula: str) -> Level:
    book = Book()
    for name, end, seconds in CALLS:
        book.asked(name, "2026-10-12 10:00:00", metric="answer", channel="phone")
        ended = f"2026-10-12 10:{seconds // 60:02d}:{seconds % 60:02d}"
        if end == "answered":
            book.clock(name, "answer", "fulfil", ended)
        elif end == "abandoned":
            book.abandoned(name, ended)
    terms = level("answer_share", within={"n": 20, "unit": "s"}, formula=formula)
    return measured_level(agreement(terms, service_hours=always()), book.facts)


@pytest.mark.requirement("B8", "E17")
@pytest.mark.parametrize(
    ("formula", "numerator", "denominator"),
    [("F1", 3, 6), ("F2", 2, 3), ("F3", 2, 6), ("F4", 2, 5)],
)
def test_the_contract_names_which_calls_are_counted(
    formula: str, numerator: int, denominator: int
) -> None:
    told = calls(formula)
    assert (told.numerator, told.denominator) == (numerator, denominator)
    assert told.missed == ("patient-1", "patient-2", "slow-1")
    assert told.carried == 1


def test_a_caller_who_left_waited_only_until_then() -> None:
    book = Book().asked("c-1", "2026-10-12 10:00:00", metric="answer", channel="phone")
    book.abandoned("c-1", "2026-10-12 10:00:10").closed("c-1", "2026-10-12 10:30:00")
    terms = level("answer_share", within={"n": 20, "unit": "s"}, formula="F1")
    told = measured_level(agreement(terms, service_hours=always()), book.facts)
    assert (told.numerator, dict(told.histogram)) == (1, {10: 1})


def test_closing_a_waiting_call_does_not_escape_the_level() -> None:
    book = Book().asked("c-1", "2026-10-12 10:00:00", metric="answer", channel="phone")
    book.closed("c-1", "2026-10-12 10:00:05")
    terms = level("answer_share", within={"n": 20, "unit": "s"}, formula="F4")
    told = measured_level(agreement(terms, service_hours=always()), book.facts)
    assert (told.numerator, told.denominator, told.missed) == (0, 1, ("c-1",))
    assert not told.histogram


def test_a_closed_case_that_was_reopened_is_open_again() -> None:
    book = ticket("t-1", "2026-10-30 09:00", "2026-10-30 09:30").closed("t-1", "2026-10-30 09:31")
    book.clock("t-1", "resolution", "activate", "2026-10-30 17:30")
    told = resolved_within(book, hours=8)
    assert (told.denominator, told.carried) == (0, 1)
    book.closed("t-1", "2026-10-30 17:45")
    assert resolved_within(book, hours=8).missed == ("t-1",)


@pytest.mark.requirement("B11")
@pytest.mark.parametrize(
    ("progress", "actor", "expected"),
    [
        (None, "agent", (0, 1)),  # solved after six of four hours
        ("2026-10-12 11:00", "agent", (1, 1)),  # two hours: told in time
        ("2026-10-12 14:30", "agent", (1, 1)),  # exactly four, the midday break is not counted
        ("2026-10-12 14:30:00.001", "agent", (0, 1)),
        ("2026-10-12 11:00", "system", (0, 1)),  # a machine tells no clear progress
    ],
)
def test_a_solution_or_clear_progress_in_time(
    progress: str | None, actor: str, expected: tuple[int, int]
) -> None:
    terms = level("resolution_share", within={"n": 4, "unit": "h"}, or_progress=True)
    book = Book().asked("t-1", "2026-10-12 09:00", "2026-10-12 16:30", metric="resolution")
    if progress:
        book.clock("t-1", "resolution", "progress", progress, actor)
    told = measured_level(agreement(terms), book.facts)
    assert (told.numerator, told.denominator) == expected
    plain = terms | {"or_progress": False}
    assert measured_level(agreement(plain), book.facts).numerator == 0


def test_progress_after_the_solution_changes_nothing() -> None:
    terms = level("resolution_share", within={"n": 4, "unit": "h"}, or_progress=True)
    book = Book().asked("t-1", "2026-10-12 09:00", "2026-10-12 10:00", metric="resolution")
    book.clock("t-1", "resolution", "progress", "2026-10-12 17:00")
    assert measured_level(agreement(terms), book.facts).numerator == 1
