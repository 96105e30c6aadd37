"""Satisfaction (B12) and availability (B10)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.measure.level import Level, Standing
from pactdesk.core.measure.levels.csat import SatisfactionUndefined
from tests.support.contracts import agreement, always, hours, level, measured_level
from tests.support.facts import Book, instant

MINUTE = 60_000
HOUR = 60 * MINUTE


def satisfaction(book: Book, **terms: Any) -> Level:
    return measured_level(agreement(level("csat", "0.85", **terms)), book.facts)


def rated(*scores: int, scale: int = 5) -> Book:
    book = Book()
    for n, score in enumerate(scores):
        book.opened(f"i-{n}", "2026-10-09 09:00").rated(f"i-{n}", "2026-10-09 10:00", score, scale)
    return book


@pytest.mark.requirement("B12")
def test_a_neutral_rating_is_a_rating_and_not_satisfaction() -> None:
    told = satisfaction(rated(5, 4, 3, 1))
    assert (told.numerator, told.denominator) == (2, 4)
    assert told.missed == ("i-2", "i-3")


@pytest.mark.requirement("B12")
def test_the_last_rating_of_an_interaction_counts_and_counts_once() -> None:
    book = rated(1).rated("i-0", "2026-10-20 10:00", 5)
    book.rated("i-0", "2026-11-01 00:00", 2)
    assert (satisfaction(book).numerator, satisfaction(book).denominator) == (1, 1)
    november = measured_level(agreement(level("csat")), book.facts, "2026-11")
    assert november.denominator == 0


def test_the_month_of_a_rating_is_that_of_the_first_one() -> None:
    book = Book().opened("i-0", "2026-09-30 20:00").rated("i-0", "2026-10-02 09:00", 5)
    assert satisfaction(book).denominator == 1


@pytest.mark.parametrize(("scale", "score", "met"), [(5, 4, 1), (10, 8, 1), (10, 7, 0), (3, 3, 1)])
def test_scores_of_other_scales_are_compared_exactly(scale: int, score: int, met: int) -> None:
    assert satisfaction(rated(score, scale=scale)).numerator == met


def test_nobody_is_asked_and_nobody_is_unsatisfied() -> None:
    book = Book().opened("i-0", "2026-10-09 09:00").closed("i-0", "2026-10-09 10:00")
    assert satisfaction(book).denominator == 0
    assert satisfaction(rated(5, 5), minimum_sample=3).reason == "sample_too_small"


@pytest.mark.parametrize("text", ["4", "4/0", "好", "0.8", "4 of 5"])
def test_satisfaction_without_a_scale_is_refused(text: str) -> None:
    with pytest.raises(SatisfactionUndefined):
        satisfaction(rated(5), satisfied_from=text)


def uptime(book: Book, **terms: Any) -> Level:
    contract = agreement(level("availability", "0.995", **terms))
    return measured_level(contract, book.facts)


@pytest.mark.requirement("B10")
def test_only_service_time_is_available_or_not() -> None:
    book = Book().probed("2026-10-09 06:00", "2026-10-09 13:30")
    book.probed("2026-10-09 13:30", "2026-10-09 22:00", up=False)
    told = uptime(book)
    assert (told.numerator, told.denominator) == (3 * HOUR, int(7.5 * HOUR))
    assert list(told.by_day.values()) == [(3 * HOUR, int(7.5 * HOUR))]


@pytest.mark.requirement("B10")
def test_where_probes_disagree_down_wins() -> None:
    book = Book().probed("2026-10-09 09:00", "2026-10-09 12:00")
    book.probed("2026-10-09 10:00", "2026-10-09 10:30", up=False)
    book.probed("2026-10-09 10:15", "2026-10-09 11:00")
    assert (uptime(book).numerator, uptime(book).denominator) == (int(2.5 * HOUR), 3 * HOUR)


@pytest.mark.requirement("B10")
def test_time_that_nobody_observed_is_unknown_and_never_up() -> None:
    told = uptime(Book().probed("2026-10-09 09:00", "2026-10-09 10:00"))
    # October 2026: 17 weekdays after the holidays, and the Saturday of the 10th.
    assert told.numerator == told.denominator == HOUR
    assert told.numerator + told.unknown == 18 * int(7.5 * HOUR)
    assert uptime(Book()).standing is Standing.NOT_MEASURED


def test_excluded_time_is_neither_up_nor_down_nor_unknown() -> None:
    book = Book().probed("2026-10-09 09:00", "2026-10-09 12:00", up=False)
    before = uptime(book)
    book.excluded("2026-10-09 09:00", "2026-10-09 11:00")
    after = uptime(book)
    assert (before.denominator, after.denominator) == (3 * HOUR, HOUR)
    assert before.unknown == after.unknown
    assert dict(after.excluded) == {"exclusion_ms": 2 * HOUR}


@pytest.mark.parametrize(
    ("rule", "standing"), [("not_judged", Standing.NOT_JUDGED), ("met", Standing.MEASURED)]
)
def test_a_month_without_service_time_is_judged_as_agreed(rule: str, standing: Standing) -> None:
    contract = agreement(level("availability"), service_hours=hours([]), zero_volume=rule)
    told = measured_level(contract, Book().probed("2026-10-09 09:00", "2026-10-09 10:00").facts)
    assert (told.standing, told.denominator, told.unknown) == (standing, 0, 0)


PROBES = st.lists(st.tuples(st.integers(0, 120), st.integers(1, 40), st.booleans()), max_size=10)


@given(PROBES, st.randoms())
def test_up_down_and_unknown_are_the_whole_service_time(
    probes: list[tuple[int, int, bool]], chance: Any
) -> None:
    start = instant("2026-10-31 22:30")
    book = Book()
    for at, length, up in probes:
        book.probed(
            type(start)(start + at * MINUTE), type(start)(start + (at + length) * MINUTE), up=up
        )
    down = {m for at, n, up in probes if not up for m in range(at, at + n) if m < 90}
    up_ = {m for at, n, up in probes if up for m in range(at, at + n) if m < 90} - down
    shuffled = list(book.facts)
    chance.shuffle(shuffled)
    told = measured_level(agreement(level("availability"), service_hours=always()), shuffled)
    assert told.numerator == len(up_) * MINUTE
    assert told.denominator == (len(up_) + len(down)) * MINUTE
    assert told.denominator + told.unknown == 31 * 24 * HOUR
